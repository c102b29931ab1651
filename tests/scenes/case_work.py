"""The part of a decision case that is work or a membership: terms, reports, answers, the clock, plans and their end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from case_reach import Facts, opened_short

from shopfloor import Bought
from tuidan.commands import delivery, membership, order, service
from tuidan.commands.order import Renews
from tuidan.commands.runner import Outcome
from tuidan.commands.service_switch import SWITCHED_TYPES, switch_service
from tuidan.domain import commands as c
from tuidan.domain.calendar import china_day

# Where the product hears of these it asks for the buyer.
BY_ITSELF = frozenset({"failed"})
SIDES = {"seller": "seller", "seller_upstream": "provider"}


def is_work(facts: Facts) -> bool:
    """Whether the case is about a membership or a service."""
    return facts["goods_kind"] in ("membership", "service")


def by_itself(facts: Facts) -> bool:
    """Whether the product opens the request, so that nobody has to ask."""
    return (
        facts["delivery_state"] in BY_ITSELF
        or opened_short(facts)
        or _stopped_by(facts) != ""
        or _disputed_at_the_end(facts)
    )


def _stopped_by(facts: Facts) -> str:
    told = facts.get("membership") or {}
    unnamed = "seller" if told and facts["reason_claimed"] == "service_stopped" else ""
    return SIDES.get(str(told.get("stop_cause")), unnamed)


def _disputed_at_the_end(facts: Facts) -> bool:
    work = facts.get("service") or {"progress_percent": 100}
    return facts["delivery_state"] == "completed" and work.get("progress_percent", 100) is None


def listing_terms(facts: Facts) -> dict[str, object]:
    """What the listing names of plan and work; nothing where the case says nothing."""
    if facts["goods_kind"] == "membership":
        return {"plan_months": facts["membership"].get("plan_ordered_months")}
    told = facts.get("service") or {}
    if "type" not in told:
        return {}
    terms: dict[str, object] = {"type": told["type"]}
    names = {
        "efficiency_deposit_fen": "efficiency_deposit_fen",
        "safety_deposit_fen": "safety_deposit_fen",
        "hours_total": "hours",
        "promise_working_days": "working_days",
    }
    terms |= {name: told[fact] for fact, name in names.items() if told.get(fact)}
    if told["type"] == "account_rental":
        terms.setdefault("hours", 1)
    return {"service": terms}


def renews(facts: Facts) -> Renews | None:
    """The order before, where the case is a renewal: announced in time or on its last day."""
    told = (facts.get("membership") or {}).get("renewal_notice_sent")
    if told is None:
        return None
    after = china_day(datetime.fromisoformat(facts["now"])) - timedelta(days=facts["membership"]["days_used"])
    return Renews(uuid4(), after, 7 if told else 0, facts["amount_paid_fen"], 900)


@contextmanager
def all_kinds_on(now: datetime) -> Iterator[None]:
    """Sell every kind of service for a moment."""
    for kind in SWITCHED_TYPES:
        switch_service(kind, on=True, by=None, now=now)
    try:
        yield
    finally:
        for kind in SWITCHED_TYPES:
            switch_service(kind, on=False, by=None, now=now)


def bring_about(bought: Bought, facts: Facts, at: datetime) -> None:
    """Bring the work, or the membership, to where the case begins."""
    state, told = facts["delivery_state"], facts.get("service") or {}
    if state == "in_progress":
        _work(bought, told, at)
    elif state in ("delivered", "completed") and not opened_short(facts):
        handed = delivery.deliver_by_seller(bought.id, bought.shop, 1, "note", 100, "hand over", at)
        assert handed.ok, handed.refusal
    if told.get("accepted_by_buyer"):
        assert order.confirm_receipt(bought.id, bought.buyer, "good", at).ok
    if told.get("minutes_used"):
        _use(bought, told, at)


def _work(bought: Bought, told: Facts, at: datetime) -> None:
    percent = told.get("progress_percent", 50)
    claim = 50 if percent is None else percent
    started = service.start_work(bought.id, bought.shop, 1, "", "start", at)
    assert started.ok, started.refusal
    if not claim:
        return
    assert service.report_progress(bought.id, bought.shop, 1, 1, claim, "note", "", "report", at).ok
    if percent is None or told.get("progress_agreed"):
        word = c.AnswerProgress(1, 1, claim, percent is not None)
        assert service.answer_progress(bought.id, bought.buyer, word, "", "answer", at).ok


def _use(bought: Bought, told: Facts, at: datetime) -> None:
    """The buyer starts the clock; the owner who takes the account back stops it, else the buyer."""
    assert service.start_clock(bought.id, bought.buyer, 1, "use", at).ok
    owner = told.get("kicked_by_owner")
    actor = c.Actor("seller", str(bought.shop)) if owner else c.Actor("buyer", str(bought.buyer))
    end = at + timedelta(minutes=told["minutes_used"])
    assert service.stop_clock(bought.id, actor, 1, "end of use", end).ok


def decided_by_itself(bought: Bought, facts: Facts, now: datetime) -> Outcome:
    """The act after which the product decides without being asked."""
    if opened_short(facts):
        months, at = facts["membership"]["plan_opened_months"], now.astimezone(UTC)
        return delivery.deliver_by_seller(bought.id, bought.shop, 1, "note", 100, "open", at, months)
    if _stopped_by(facts):
        opened = china_day(datetime.fromisoformat(facts["delivered_at"]))
        actor, day = (
            c.Actor("seller", str(bought.shop)),
            opened + timedelta(days=facts["membership"]["days_used"]),
        )
        return membership.stop_membership(bought.id, actor, 1, _stopped_by(facts), day, "note", "stop", now)
    word = c.AnswerProgress(1, 1, 100, accept=False)
    return service.answer_progress(bought.id, bought.buyer, word, "", "dispute", now)
