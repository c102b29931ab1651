"""The checkout: one confirmation card, one press, one order however often it is pressed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tuidan.commands.order import place_order
from tuidan.reads.coupon import coupons_for
from tuidan.web.buyer import shop
from tuidan.web.buyer.forms import CheckoutForm
from tuidan.web.buyer.listing_shown import ListingShown
from tuidan.web.buyer.pending import pending_top_up
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.notices import Notice, refusal_notice
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id, viewer


def _quantity(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 10 else 1


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Show the card; place the order when it is confirmed."""
    listing = shop.find(request, listing_id)
    coupons = coupons_for(person_id(request), listing.shop_id, now_of(request))
    form = CheckoutForm(listing, request.POST if request.method == "POST" else None, coupons)
    if not form.is_valid():
        return _show(request, listing, form)
    pending = _pending(request, listing, form)
    if pending is not None:
        return _show(request, listing, form, pending=pending)
    outcome = place_order(person_id(request), form.basket(), form.cleaned_data["key"], now_of(request))
    if outcome.refusal:
        form.start_again()
        return _show(request, listing, form, refusal_notice(outcome.refusal))
    return HttpResponseRedirect(f"/orders/{outcome.order_id}/pay/")


def _pending(request: HttpRequest, listing: ListingShown, form: CheckoutForm) -> UUID | None:
    """An unfinished top-up to the same account, unless the buyer has said that another is meant."""
    if listing.goods_kind != "top_up" or form.cleaned_data["once_more"]:
        return None
    return pending_top_up(viewer(request), form.cleaned_data["account"], now_of(request))


def _show(
    request: HttpRequest,
    listing: ListingShown,
    form: CheckoutForm,
    refusal: Notice | None = None,
    pending: UUID | None = None,
) -> HttpResponse:
    total_fen = listing.price_fen * _quantity(request.POST.get("quantity", "1"))
    shown = {"l": listing, "form": form, "refusal": refusal, "pending": pending, "total_fen": total_fen}
    return render(request, "buyer/checkout.html", shown, status=422 if form.is_bound else 200)
