"""A receipt to print, and the same as a signed file (S-111)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.commands.receipt import receipt_vkeys, sign_receipt
from tuidan.reads.receipt import ReceiptView, find_receipt
from tuidan.web.record.home import home_of
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.language import current_language
from tuidan.web.shared.viewing import viewer
from tuidan.web.shared.words import WORDS, say


def _receipt(request: HttpRequest, order_id: UUID, name: str) -> ReceiptView:
    found = find_receipt(order_id, name, viewer(request))
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def receipt(request: HttpRequest, order_id: UUID, name: str) -> HttpResponse:
    """The receipt as a page that prints well, with the signed text as it is in the file."""
    found = _receipt(request, order_id, name)
    shown = {
        "r": found,
        "order_id": order_id,
        "signed": sign_receipt(found.text).decode(),
        "vkey": receipt_vkeys()[0],
        "home": home_of(request, order_id),
        "channel": channel_text(found.channel, current_language()),
    }
    return render(request, "record/receipt.html", shown)


def channel_text(channel: str, language: str) -> str:
    """The channel's name as people say it."""
    key = "money.by_bank" if channel == "bank" else f"money.channel.{channel}"
    return say(key, language) if key in WORDS else channel


@signed_in
@require_safe
def note(request: HttpRequest, order_id: UUID, name: str) -> HttpResponse:
    """The signed note, the same bytes each time."""
    found = _receipt(request, order_id, name)
    answer = HttpResponse(sign_receipt(found.text), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{order_id}-{found.name}.txt"'
    return answer
