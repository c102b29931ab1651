"""The buyer asks whether the payment channel can still stop the money (S-086)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tuidan.commands.channel_dispute import ask_settlement
from tuidan.domain.commands import Actor
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.notices import tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import bought_order, person_id


@signed_in
@require_POST
def settlement_check(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Have the channel asked; the page shows the answer once it is there."""
    bought_order(request, order_id)
    actor = Actor("buyer", str(person_id(request)))
    outcome = ask_settlement(order_id, actor, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "channel.stop.asked")
    return HttpResponseRedirect(f"/orders/{order_id}/#channel")
