"""The buyer's consent to be paid by bank, with the account to pay to (R15, R23)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tuidan.commands.payout import consent_to_payout
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, tell, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import bought_order, person_id
from tuidan.web.shared.words import say


@signed_in
@require_POST
def consent(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Take the account in; nothing is ticked beforehand, and without the tick nothing is kept."""
    bought_order(request, order_id)
    if request.POST.get("agreed") != "yes":
        tell(request, Notice("loss", say("payout.agree_missing", current_language())))
    else:
        name, account = request.POST.get("name", ""), request.POST.get("account", "")
        outcome = consent_to_payout(
            order_id, person_id(request), n, name, account, key_of(request), now_of(request)
        )
        tell_outcome(request, outcome.refusal, "payout.sent")
    return HttpResponseRedirect(f"/orders/{order_id}/")
