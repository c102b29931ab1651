"""An operator says, on the bank's paper, that the account which paid is closed or open (R15)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tuidan.commands.payer_account import record_payer_account
from tuidan.reads.viewer import visible_order
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.key import key_of
from tuidan.web.shared.notices import tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id, viewer


@require_POST
@operator_only
def record(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Keep the finding; refunds decided from then on go by it. A party of the order finds nothing here."""
    reader = viewer(request)
    order = visible_order(order_id, reader)
    if order is None or reader.is_buyer_of(order) or reader.is_seller_of(order):
        raise Http404
    state, words = request.POST.get("state", ""), request.POST.get("words", "")
    outcome = record_payer_account(
        order_id, person_id(request), state, words, key_of(request), now_of(request)
    )
    tell_outcome(request, outcome.refusal, "payer.recorded")
    return HttpResponseRedirect(f"/operator/orders/{order_id}/")
