"""What every page needs: the time, the language, the places this reader may go, whether this is a demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from tuidan.commands import clock
from tuidan.web.shared.language import current_language
from tuidan.web.shared.viewing import viewer


@dataclass(frozen=True, slots=True)
class Place:
    """One link of the main navigation."""

    word: str
    path: str
    here: bool


def places(request: HttpRequest) -> list[Place]:
    """Only what this reader can open; never a link that ends in 404."""
    person = getattr(request, "user", None)
    found = [("nav.shop", "/")]
    if person is not None and person.is_authenticated:
        found.append(("nav.orders", "/orders/"))
        if viewer(request).shops:
            found.append(("nav.deliver", "/seller/"))
        if getattr(person, "is_reviewer", False):
            found.append(("nav.queue", "/review/"))
        if getattr(person, "is_appraiser", False):
            found.append(("nav.appraisals", "/appraisals/"))
        if getattr(person, "is_operator", False):
            found.append(("nav.operator", "/operator/"))
    found.append(("nav.rules", "/rules/"))
    at = request.path
    return [Place(word, path, at == path or (path != "/" and at.startswith(path))) for word, path in found]


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor for all templates."""
    language = current_language()
    return {
        "now": getattr(request, "now", None) or clock.utc_now(),
        "language": language,
        "html_lang": "zh-CN" if language == "zh" else "en",
        "other_language": "en" if language == "zh" else "zh",
        "places": places(request),
        "is_demo": getattr(settings, "TUIDAN_DEMO", False),
    }
