"""Page numbers of the lists: from the address, never below the first."""

from __future__ import annotations

from django.http import HttpRequest

PAGE_ROWS = 100
PAGES_MAX = 1_000


def page_number(request: HttpRequest) -> int:
    """The page asked for, counted from 0; anything odd is the first."""
    asked = request.GET.get("page", "0")
    return min(int(asked), PAGES_MAX) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0


def pages(page: int, rows: int) -> dict[str, str]:
    """The numbers of the newer and the older page, as text; empty where there is none."""
    return {"newer": str(page - 1) if page else "", "older": str(page + 1) if rows >= PAGE_ROWS else ""}
