"""The given decision cases against the product: the same facts through real commands, and the same verdict.

Every case is played, as far as the product can bring its facts about today: `OUT_OF_REACH` says of each other case
which facts no command tells yet. Those are put aside, and what is left must be decided alike, live and by itself.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest
from case_player import Played, play
from case_reach import KNOWN_DIFFERENCES, WITHOUT, Facts, as_lived, differences, inputs, obstacles

from pure_orders import CONTEXT, POLICY
from tuidan.domain.policy import Verdict, decide
from tuidan.reads.answer import preview, standing_answer

FILE = Path(__file__).parents[1] / "data" / "decision_cases.jsonl"
CASES: dict[str, Facts] = {
    row["id"]: row["facts"] for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines())
}
# Which facts of a case the product has no command for. `seller_response` and `evidence`: there is no chat and no
# upload; `buyer`: no history, no age; `terms`: no European terms; `card`, `top_up`, `membership`, `service`: details
# of the goods that neither issuer, supplier, seller nor the platform's clock can say; `reason_claimed`: no request
# can name it.
OUT_OF_REACH = {
    "D005": "evidence seller_response",
    "D006": "evidence seller_response",
    "D007": "evidence seller_response",
    "D008": "evidence seller_response",
    "D009": "evidence seller_response",
    "D010": "evidence",
    "D011": "evidence seller_response",
    "D012": "card evidence seller_response",
    "D013": "evidence seller_response",
    "D014": "seller_response",
    "D015": "buyer seller_response",
    "D016": "card evidence issuer_status seller_response",
    "D017": "card",
    "D018": "buyer evidence seller_response",
    "D019": "seller_response",
    "D020": "seller_response",
    "D021": "evidence seller_response",
    "D022": "card evidence seller_response",
    "D023": "card evidence seller_response",
    "D024": "seller_response",
    "D025": "terms",
    "D027": "evidence seller_response",
    "D028": "seller_response",
    "D029": "evidence seller_response",
    "D031": "evidence seller_response top_up",
    "D033": "evidence seller_response",
    "D036": "reason_claimed top_up",
    "D037": "evidence seller_response",
    "D038": "evidence seller_response",
    "D039": "evidence seller_response",
    "D040": "amount_paid_fen evidence reason_claimed seller_response top_up",
    "D041": "amount_paid_fen delivery_state reason_claimed seller_response top_up",
    "D042": "buyer evidence seller_response",
    "D043": "buyer evidence seller_response",
    "D045": "evidence seller_response top_up",
    "D046": "evidence seller_response",
    "D047": "payment seller_response",
    "D049": "evidence seller_response top_up",
    "D050": "evidence membership seller_response",
    "D051": "evidence membership seller_response",
    "D052": "evidence seller_response",
    "D053": "seller_response",
    "D054": "membership",
    "D055": "evidence seller_response",
    "D056": "evidence seller_response",
    "D057": "evidence membership",
    "D058": "buyer evidence membership seller_response",
    "D059": "evidence membership seller_response",
    "D061": "evidence seller_response service",
    "D062": "evidence seller_response",
    "D063": "evidence seller_response",
    "D064": "evidence seller_response",
    "D065": "service",
    "D066": "evidence seller_response service",
    "D067": "seller_response service",
    "D068": "seller_response",
    "D069": "evidence seller_response",
    "D070": "seller_response",
}
IN_REACH = sorted(CASES.keys() - OUT_OF_REACH.keys())


def verdict_on(facts: Facts) -> Verdict:
    return decide(facts, POLICY, CONTEXT.calendar)


def core(verdict: Facts) -> tuple[object, ...]:
    """What a verdict comes to: decision, amount, who bears it, until when, by which rules."""
    deadline = verdict["deadline"]
    due_at = datetime.fromisoformat(str(deadline["due_at"])) if deadline else None
    return verdict["decision"], verdict["amount_fen"], verdict["liable"], due_at, list(verdict["rules"])


@pytest.mark.parametrize("case", sorted(CASES))
def test_what_stands_in_the_way_of_a_case_is_what_is_said_here(case: str) -> None:
    assert " ".join(obstacles(CASES[case])) == OUT_OF_REACH.get(case, "")


@pytest.mark.parametrize("case", IN_REACH)
def test_a_case_in_reach_is_decided_live_as_by_itself(case: str) -> None:
    played = play(CASES[case])
    assert differences(inputs(CASES[case]), inputs(played.facts)) == {}
    assert core(played.verdict) == core(verdict_on(CASES[case]).to_plain())


@pytest.mark.parametrize("case", sorted(OUT_OF_REACH))
def test_the_rest_of_a_case_out_of_reach_is_decided_live_as_by_itself(case: str) -> None:
    rest = as_lived(CASES[case])
    played = play(rest)
    assert differences(inputs(rest), inputs(played.facts)) == {}
    assert core(played.verdict) == core(verdict_on(rest).to_plain())


@pytest.mark.parametrize("case", IN_REACH)
def test_the_answer_before_the_request_is_what_the_request_brings(case: str) -> None:
    facts = CASES[case]
    played = play(facts)
    now, reason = datetime.fromisoformat(facts["now"]), facts["reason_claimed"]
    said = preview(played.before, 1, reason, now, facts["requested_fen"])
    assert core(said.to_plain()) == core(played.verdict)
    answer = standing_answer(played.before, 1, now)
    if answer.reason == reason:
        assert (answer.decision, answer.amount_fen) == (said.decision, said.amount_fen)


def test_every_way_of_putting_facts_aside_is_needed_by_some_case() -> None:
    assert {name for names in OUT_OF_REACH.values() for name in names.split()} <= WITHOUT.keys()
    assert len(IN_REACH) + len(OUT_OF_REACH) == len(CASES)


def test_every_known_difference_is_seen_in_some_case() -> None:
    seen = {
        (name, wanted[name], found.get(name))
        for case in IN_REACH
        for wanted, found in [(inputs(CASES[case]), inputs(play(CASES[case]).facts))]
        for name in wanted
    }
    assert KNOWN_DIFFERENCES.keys() <= seen


def played_with_issuer(status: str) -> Played:
    """The first case, its code activated or not, as the issuer says."""
    facts = CASES["D001"]
    return play({**facts, "card": {**facts["card"], "issuer_status": status}})


@pytest.mark.parametrize("status", ["unused", "invalid", "unknown"])
def test_the_answer_after_the_issuer_spoke_is_the_verdict(status: str) -> None:
    played = played_with_issuer(status)
    now = datetime.fromisoformat(CASES["D001"]["now"])
    assert core(preview(played.ruled, 1, "no_reason", now).to_plain()) == core(played.verdict)
