"""Sellers' books and the advance fund: what stands there, and what an operator records."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands.books import BookOutcome
from tuidan.commands.fund import set_limit
from tuidan.commands.seller_account import NoSuchShop, act_on_seller
from tuidan.domain.books import commands as q
from tuidan.reads import seller_account as reads
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.account_shown import show_account, show_fund, show_statement
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.money import read_yuan
from tuidan.web.shared.notices import Notice, tell, tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id
from tuidan.web.shared.words import say

SPAN = timedelta(days=31)
# What can be recorded: whether it needs an amount, and a bank's reference instead of a reason.
ACTS = {
    "deposit_in": (True, True),
    "deposit_out": (True, True),
    "payout": (True, True),
    "reserve": (True, False),
    "named": (False, False),
    "unnamed": (False, False),
}


@operator_only
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """The fund, and the shops with a book, those that owe first."""
    language = current_language()
    shown = {
        "fund": show_fund(reads.fund_view(), language),
        "shops": reads.accounts(),
        "key": new_key(),
        "told": told(request),
    }
    return render(request, "operator/money.html", shown)


@operator_only
@require_safe
def seller(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """One shop's book with a month's statement. Raises Http404 for an unknown shop."""
    name, language, now = reads.shop_name(shop_id), current_language(), now_of(request)
    if name is None:
        raise Http404
    account = reads.account_of(shop_id)
    acts = [
        {
            "name": act,
            "word": say(f"book.act.{act}", language),
            "amount": needs_amount,
            "reference": reference,
            "key": new_key(),
        }
        for act, (needs_amount, reference) in ACTS.items()
        if act not in ("named", "unnamed") or (act == "unnamed") == account.named
    ]
    shown = {
        "shop_id": shop_id,
        "name": name,
        "named": account.named,
        "account": show_account(account, language),
        "acts": acts,
        "statement": show_statement(reads.statement_of(shop_id, now - SPAN, now), language),
        "told": told(request),
    }
    return render(request, "operator/seller.html", shown)


@require_POST
@operator_only
def record(request: HttpRequest, shop_id: UUID, act: str) -> HttpResponse:
    """Record one thing in a shop's book."""
    if act not in ACTS:
        raise Http404
    back = HttpResponseRedirect(f"/operator/sellers/{shop_id}/")
    fen = read_yuan(request.POST.get("amount", "")) if ACTS[act][0] else 0
    if fen is None:
        tell(request, Notice("loss", say("book.amount_bad", current_language())))
        return back
    command = _command(act, fen, request.POST.get("reference", ""), request.POST.get("why", ""))
    try:
        outcome = act_on_seller(shop_id, command, person_id(request), key_of(request), now_of(request))
    except NoSuchShop:
        raise Http404 from None
    _tell(request, outcome)
    return back


def _command(
    act: str, fen: int, reference: str, why: str
) -> q.PayDeposit | q.PayOut | q.SetReserve | q.NameSeller:
    if act in ("deposit_in", "deposit_out"):
        return q.PayDeposit(fen if act == "deposit_in" else -fen, reference)
    if act == "payout":
        return q.PayOut(fen, reference)
    return q.SetReserve(fen, why) if act == "reserve" else q.NameSeller(act == "named", why)


@require_POST
@operator_only
def limit(request: HttpRequest) -> HttpResponse:
    """Change the fund's limits."""
    whole, one = read_yuan(request.POST.get("limit", "")), read_yuan(request.POST.get("order_max", ""))
    if whole is None or one is None:
        tell(request, Notice("loss", say("book.amount_bad", current_language())))
    else:
        why = request.POST.get("why", "")
        _tell(request, set_limit(whole, one, why, person_id(request), key_of(request), now_of(request)))
    return HttpResponseRedirect("/operator/money/")


def _tell(request: HttpRequest, outcome: BookOutcome) -> None:
    tell_outcome(request, outcome.refusal, "book.again" if outcome.again else "book.done")
