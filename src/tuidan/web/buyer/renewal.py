"""The renewal of a membership: one page to confirm the next term, one tap to call it off."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from tuidan.commands.renewal import RenewalTicks, cancel_renewal, take_renewal
from tuidan.web.buyer import shop
from tuidan.web.buyer.listing_shown import ListingShown
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import refusal_notice, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.service_shown import day_text
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import bought_order, person_id
from tuidan.web.shared.words import say


class RenewalForm(forms.Form):
    """The ticks of the new order. Nothing is ticked beforehand (S-003, 网络交易办法18)."""

    no_reason = forms.BooleanField()
    auto_renew = forms.BooleanField(required=False)

    def __init__(self, listing: ListingShown, data: QueryDict | None = None) -> None:
        super().__init__(data)
        language = current_language()
        again = self.fields["auto_renew"]
        again.label, again.help_text = say("renewal.tick", language), say("renewal.tick_hint", language)
        if not listing.no_reason_excluded:
            del self.fields["no_reason"]
            return
        tick = self.fields["no_reason"]
        tick.label = say("checkout.no_reason", language, why=listing.no_reason_why)
        tick.help_text = say("checkout.no_reason_hint", language)
        tick.error_messages = {"required": say("checkout.no_reason_missing", language)}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Confirm the next term as a new order and go to pay it; nothing is charged before."""
    order = bought_order(request, order_id)
    if order.renewal is None:
        raise Http404
    if order.renewal.next:
        return HttpResponseRedirect(f"/orders/{order.renewal.next}/")
    if "take_renewal" not in order.renewal.may:
        return HttpResponseRedirect(f"/orders/{order_id}/")
    listing = shop.find(request, order.listing_id)
    form = RenewalForm(listing, request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        ticks = RenewalTicks(form.cleaned_data.get("no_reason", False), form.cleaned_data["auto_renew"])
        outcome = take_renewal(order_id, person_id(request), ticks, now_of(request))
        if outcome.ok:
            return HttpResponseRedirect(f"/orders/{outcome.order_id}/pay/")
        refusal = refusal_notice(outcome.refusal) if outcome.refusal else None
    language, ends = current_language(), order.renewal.ends_on
    shown = {
        "o": order,
        "title": title_of(order),
        "account_label": order.account_label or say("order.account", language),
        "starts": say("renewal.starts", language, day=day_text(ends, language)) if ends else "",
        "price_fen": order.renewal.price_fen * len(order.units),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "buyer/renewal.html", shown, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def cancel(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One tap: no reminder and no offer any more."""
    bought_order(request, order_id)
    outcome = cancel_renewal(order_id, person_id(request), key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "renewal.cancel_done")
    return HttpResponseRedirect(f"/orders/{order_id}/")
