"""The checkout: one confirmation card, one press, one order however often it is pressed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tuidan.commands.order import place_order
from tuidan.web.buyer import shop
from tuidan.web.buyer.forms import CheckoutForm
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.notices import refusal_notice
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id


def _quantity(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 10 else 1


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Show the card; place the order when it is confirmed."""
    listing = shop.find(request, listing_id)
    form = CheckoutForm(listing, request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        outcome = place_order(person_id(request), form.basket(), key, now_of(request))
        if outcome.ok:
            return HttpResponseRedirect(f"/orders/{outcome.order_id}/pay/")
        refusal = outcome.refusal and refusal_notice(outcome.refusal)
    total_fen = listing.price_fen * _quantity(request.POST.get("quantity", "1"))
    shown = {"l": listing, "form": form, "refusal": refusal, "total_fen": total_fen}
    return render(request, "buyer/checkout.html", shown, status=422 if request.method == "POST" else 200)
