"""What becomes of given cases after their moment: the time for papers passes, or the same is asked for again."""

from datetime import UTC, datetime, timedelta

from case_hearing import DESK
from case_player import credit_answer, play
from test_scenes_cases import CASES, core, verdict_on

from shopfloor import rows, state
from tuidan.commands import delivery, dispute, hearing
from tuidan.commands.runner import envelop, run
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.dispute import Case


def moved(facts: dict, now: datetime, **fields: object) -> dict:
    """The case's facts at a later moment, with these fields in place of its own."""
    later = int((now - datetime.fromisoformat(facts["now"])).total_seconds())
    clocks = {name: facts[name] + later for name in ("seconds_since_paid", "seconds_since_delivered")}
    return {**facts, **clocks, "now": now.isoformat(), **fields}


def test_a_buyer_whose_papers_stay_incomplete_is_judged_on_them_when_the_time_is_over() -> None:
    facts = CASES["D037"]
    bought = play(facts).bought
    waiting = state(bought).cases[0]
    now = datetime.fromisoformat(waiting.due_at) + timedelta(seconds=1)
    over = envelop(bought.id, c.PassCaseDeadline(waiting.n), c.Actor("timer"), "due", now)
    found = [event for event in run(bought.id, over).events if isinstance(event, e.RequestRejected)]
    wanted = verdict_on(moved(facts, now, other={"evidence_deadline_passed": True}))
    assert wanted.decision == "reject"
    assert [core(event.verdict) for event in found] == [core(wanted.to_plain())]


def test_the_same_asked_again_after_a_reviewers_no_is_refused_without_a_second_look() -> None:
    facts = CASES["D038"]
    bought = play(facts).bought
    before = state(bought)
    now = datetime.fromisoformat(facts["now"]).astimezone(UTC) + timedelta(hours=2)
    no = c.DecideCase(1, approve=False, amount_fen=0, reasons=("delivered",), seen_version=before.version)
    assert hearing.act(bought.id, DESK, no, "no", now).ok
    again_at = now + timedelta(hours=1)
    asked = dispute.request_refund(bought.id, bought.buyer, 1, facts["reason_claimed"], "again", again_at)
    assert asked.ok, asked.refusal
    check = rows("SELECT max(n) FROM orders_outbox WHERE order_id = %s AND kind = 'check_credit'", bought.id)
    told = credit_answer(facts["top_up"])
    outcome = delivery.record_credit(bought.id, told, again_at, check[0])
    found = [event for event in outcome.events if isinstance(event, e.RequestRejected)]
    earlier: Case = state(bought).cases[0]
    decided_at = datetime.fromtimestamp(earlier.decided_at, tz=UTC).isoformat()
    told_before = {"decision": "reject", "decided_at": decided_at, "new_evidence": False}
    unasked = {"status": "not_contacted"}
    other = {"previous_decision": told_before}
    wanted = verdict_on(moved(facts, again_at, other=other, evidence=[], seller_response=unasked))
    assert "R19" in wanted.rules
    assert [core(event.verdict) for event in found] == [core(wanted.to_plain())]
