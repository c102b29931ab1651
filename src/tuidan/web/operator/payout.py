"""Money by bank on an order's page for operators: enter, confirm, fail, send a refund this way, recall, repaid."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tuidan.commands.payout import act_on_payout
from tuidan.commands.recall import recall_refund, record_repayment
from tuidan.domain import commands as c
from tuidan.reads.money import payout_account, read_money
from tuidan.reads.records import OrderView
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.money import read_yuan
from tuidan.web.shared.money_shown import show_money
from tuidan.web.shared.notices import Notice, tell, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id, viewer
from tuidan.web.shared.words import say


def money_part(request: HttpRequest, order: OrderView) -> dict[str, Any]:
    """The money of an order for its operators' page, with whom to pay and what may be recalled."""
    view = read_money(order.order_id, viewer(request))
    if view is None:
        raise Http404
    shown = show_money(view, current_language())
    for payout in shown["payouts"]:
        payout["account"] = payout_account(order.order_id, payout["n"], viewer(request))
    shown["arrived"] = [refund for refund in order.refunds if refund.status == "succeeded" and refund.unit]
    shown["parked"] = [refund for refund in order.refunds if refund.status == "parked"]
    shown["key"] = new_key()
    return shown


@require_POST
@operator_only
def step(request: HttpRequest, order_id: UUID, n: int, act: str) -> HttpResponse:
    """One step of payment n; `reroute` sends refund n by bank."""
    commands: dict[str, c.EnterPayout | c.ConfirmPayout | c.FailPayout | c.RerouteRefund] = {
        "enter": c.EnterPayout(n, request.POST.get("reference", "")),
        "confirm": c.ConfirmPayout(n),
        "fail": c.FailPayout(n, request.POST.get("why", "")),
        "reroute": c.RerouteRefund(n),
    }
    if act not in commands or read_money(order_id, viewer(request)) is None:
        raise Http404
    outcome = act_on_payout(order_id, person_id(request), commands[act], key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "payout.done")
    return HttpResponseRedirect(f"/operator/orders/{order_id}/")


@require_POST
@operator_only
def recall(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Recall refund n, all of it or a part."""
    amount, seen = _fen(request, 0), request.POST.get("seen", "")
    if read_money(order_id, viewer(request)) is None:
        raise Http404
    if amount is None:
        return _bad_amount(request, order_id)
    version = int(seen) if seen.isdecimal() and len(seen) < 16 else 0
    command = c.RecallRefund(n, amount, request.POST.get("why", ""), version)
    outcome = recall_refund(order_id, person_id(request), command, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "payout.done")
    return HttpResponseRedirect(f"/operator/orders/{order_id}/")


@require_POST
@operator_only
def repaid(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Record what the buyer returned of recall n."""
    amount = _fen(request)
    if read_money(order_id, viewer(request)) is None:
        raise Http404
    if amount is None:
        return _bad_amount(request, order_id)
    command = c.RecordRepayment(n, amount, request.POST.get("reference", ""))
    outcome = record_repayment(order_id, person_id(request), command, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "payout.done")
    return HttpResponseRedirect(f"/operator/orders/{order_id}/")


def _fen(request: HttpRequest, empty: int | None = None) -> int | None:
    """The typed amount in fen; `empty` where nothing was typed, None where it is no amount."""
    typed = request.POST.get("amount", "").strip()
    return read_yuan(typed) if typed else empty


def _bad_amount(request: HttpRequest, order_id: UUID) -> HttpResponse:
    tell(request, Notice("loss", say("book.amount_bad", current_language())))
    return HttpResponseRedirect(f"/operator/orders/{order_id}/")
