"""The shop's own account with the platform: what is payable, held, owed; and a month's statement."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads import seller_account as reads
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.account_shown import show_account, show_statement
from tuidan.web.shared.language import current_language
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import viewer

SPAN = timedelta(days=31)


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The accounts of the shops that this person acts for. Raises Http404 for somebody without one."""
    reader, language, now = viewer(request), current_language(), now_of(request)
    if not reader.shops:
        raise Http404
    shops = []
    for shop in sorted(reader.shops):
        shop_id = UUID(shop)
        book = reads.account_of(shop_id)
        shops.append(
            {
                "name": reads.shop_name(shop_id) or "",
                "named": book.named,
                "account": show_account(book, language),
                "statement": show_statement(reads.statement_of(shop_id, now - SPAN, now), language),
            }
        )
    return render(request, "seller/account.html", {"shops": shops})
