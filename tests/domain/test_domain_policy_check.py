"""The publishing check: a good policy passes, and each thing that may go wrong is found where it is."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785

from tuidan.domain.policy import PolicyError, check_policy, compile_policy
from tuidan.policies import load_standard_policy

STANDARD = load_standard_policy()
Document = dict[str, Any]


def document() -> Document:
    return json.loads(STANDARD.canonical)


def as_bytes(changed: Document) -> bytes:
    return json.dumps(changed, ensure_ascii=False).encode()


def content(changed: Document, table: str) -> dict[str, Any]:
    return next(node for node in changed["tables"][table]["nodes"] if node["type"] == "decisionTableNode")[
        "content"
    ]


def rule(changed: Document, row: str) -> dict[str, Any]:
    table, _, name = row.partition(".")
    return next(found for found in content(changed, table)["rules"] if found["_id"] == name)


def problems_after(change: Callable[[Document], object]) -> set[tuple[str, str, str]]:
    changed = document()
    change(changed)
    found = check_policy(as_bytes(changed))
    return {(problem.row or problem.table, problem.column, problem.code) for problem in found}


def test_the_standard_policy_may_be_published() -> None:
    assert check_policy(STANDARD.canonical) == []


def test_the_name_is_the_hash_of_the_canonical_bytes() -> None:
    assert rfc8785.dumps(json.loads(STANDARD.canonical)) == STANDARD.canonical
    shuffled = json.dumps(document(), indent=3, sort_keys=False).encode()
    assert compile_policy(shuffled).sha256 == STANDARD.sha256


def test_one_changed_number_is_another_version() -> None:
    changed = document()
    changed["numbers"]["instant_window_seconds"] = 301
    assert compile_policy(as_bytes(changed)).sha256 != STANDARD.sha256


@pytest.mark.parametrize(
    "text", ['"open', '"open",', "open", "1.5", "> 1.5", "null", "now()", '"open" or "closed"']
)
def test_a_broken_cell_is_refused(text: str) -> None:
    found = problems_after(lambda changed: rule(changed, "card_code.instant").update(window=text))
    assert ("card_code.instant", "window", "broken_cell") in found


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        ("card_code.instant", "window", '"ajar"'),
        ("card_code.instant", "window", "> 3"),
        ("card_code.mistake_again", "misoperations", '"many"'),
        ("card_code.mistake_again", "misoperations", "< 0"),
    ],
)
def test_a_value_no_input_can_have_is_refused(row: str, column: str, text: str) -> None:
    found = problems_after(lambda changed: rule(changed, row).update({column: text}))
    assert (row, column, "unknown_value") in found


def test_a_row_behind_a_wider_row_is_unreachable() -> None:
    found = problems_after(lambda changed: rule(changed, "card_code.sealed").update(seven_days="", issuer=""))
    assert ("card_code.sealed_too_late", "", "never_reached") in found


def test_a_row_shut_out_by_an_earlier_table_is_unreachable() -> None:
    def change(changed: Document) -> None:
        content(changed, "hearing")["rules"].insert(
            0, {**rule(changed, "top_up.forged"), "_id": "forged_again", "evidence_forged": '"yes"'}
        )
        content(changed, "hearing")["inputs"].append(
            {"id": "evidence_forged", "name": "evidence_forged", "field": "evidence_forged"}
        )

    assert ("hearing.forged_again", "", "never_reached") in problems_after(change)


def test_inputs_without_an_answer_are_refused() -> None:
    found = problems_after(lambda changed: content(changed, "hearing")["rules"].pop())
    assert ("hearing", "", "no_answer") in found


def test_a_gap_between_two_numbers_is_found() -> None:
    def change(changed: Document) -> None:
        rule(changed, "card_code.mistake_first")["misoperations"] = "0"
        rule(changed, "card_code.mistake_again")["misoperations"] = "> 1"
        rule(changed, "card_code.sealed")["misoperations"] = "[2..9]"
        content(changed, "card_code")["rules"] = content(changed, "card_code")["rules"][:15]

    assert ("card_code", "", "no_answer") in problems_after(change)


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        ("card_code.instant", "amount", '"twice"'),
        ("card_code.instant", "deadline", '"buyer_appeal"'),
        ("card_code.instant", "liable", '"undetermined"'),
        ("card_code.instant", "decision", '"maybe"'),
        ("card_code.instant", "rules", '"R25"'),
        ("card_code.instant", "rules", ""),
        ("card_code.instant", "proof", '"none"'),
        ("card_code.instant", "next", '"hearing"'),
        ("card_code.revealed", "amount", '"everything"'),
        ("card_code.revealed", "liable", '"seller"'),
        ("card_code.hear", "next", '"nowhere"'),
        ("authority.risk", "decision", '"reject"'),
        ("authority.risk", "deadline", '"seller_answer"'),
        ("destination.original", "refund_to", '"a_friend"'),
    ],
)
def test_an_outcome_that_does_not_fit_together_is_refused(row: str, column: str, text: str) -> None:
    found = problems_after(lambda changed: rule(changed, row).update({f"out_{column}": text}))
    assert (row, column, "outcome_does_not_fit") in found


def test_tables_that_form_a_cycle_are_refused() -> None:
    found = problems_after(lambda changed: rule(changed, "card_code.hear").update(out_next='"gate"'))
    assert ("gate", "next", "tables_form_a_cycle") in found


def test_a_table_nothing_leads_to_is_refused() -> None:
    found = problems_after(lambda changed: rule(changed, "undelivered.service").update(out_next='"hearing"'))
    assert ("service", "", "table_never_reached") not in found  # a running service still comes there
    found = problems_after(
        lambda changed: rule(changed, "undelivered.membership").update(out_next='"hearing"')
    )
    assert ("membership", "", "table_never_reached") in found


@pytest.mark.parametrize("value", [0.5, None])
def test_a_float_or_a_null_anywhere_is_refused(value: float | None) -> None:
    found = problems_after(lambda changed: changed["numbers"].update(fee_basis_points=value))
    assert ("policy", "numbers.fee_basis_points", "float_or_null") in found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fee_basis_points", 10_001),
        ("instant_window_seconds", 0),
        ("appeal_days", 6),
        ("fee_max_fen", -1),
        ("minor_void_age", 9),
    ],
)
def test_a_number_out_of_bounds_is_refused(name: str, value: int) -> None:
    found = problems_after(lambda changed: changed["numbers"].update({name: value}))
    assert ("policy", "numbers", "bad_number") in found


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("refund_normal", "PT25H", "span_out_of_bounds"),
        ("refund_normal", "P3WD", "span_out_of_bounds"),
        ("platform_review", "P4WD", "span_out_of_bounds"),
        ("buyer_appeal", "P6D", "span_out_of_bounds"),
        ("refund_normal", "PT0M", "bad_span"),
        ("refund_normal", "one day", "bad_span"),
    ],
)
def test_a_span_out_of_bounds_is_refused(name: str, within: str, code: str) -> None:
    found = problems_after(lambda changed: changed["deadlines"][name].update(within=within))
    assert ("policy", f"deadlines.{name}", code) in found


@pytest.mark.parametrize(("name", "within"), [("seller_answer", "PT48H"), ("buyer_appeal", "P8D")])
def test_a_deadline_that_differs_from_its_number_is_refused(name: str, within: str) -> None:
    found = problems_after(lambda changed: changed["deadlines"][name].update(within=within))
    assert found == {("policy", f"deadlines.{name}", "differs_from_number")}


def test_less_than_everything_past_the_promise_breaks_a_floor() -> None:
    found = problems_after(
        lambda changed: rule(changed, "undelivered.late_not_sent").update(out_amount='"less_fee"')
    )
    assert ("undelivered.late_not_sent", "", "floor_undelivered_is_everything") in found


def test_a_rule_that_closes_a_case_before_the_promise_is_looked_at_breaks_a_floor() -> None:
    def change(changed: Document) -> None:
        rules = content(changed, "undelivered")["rules"]
        rules.insert(0, rules.pop([found["_id"] for found in rules].index("reopened")))

    assert ("undelivered.reopened", "", "floor_undelivered_is_everything") in problems_after(change)


def test_a_rejection_that_rests_on_a_missing_confirmation_breaks_a_floor() -> None:
    def change(changed: Document) -> None:
        rejected = {
            key: text for key, text in rule(changed, "top_up.no_reason").items() if key.startswith("out_")
        }
        rule(changed, "top_up.exclusion_missing").update(rejected)

    assert ("top_up.exclusion_missing", "exclusion", "floor_void_term_rejects") in problems_after(change)


def test_sending_own_goods_to_the_seller_breaks_a_floor() -> None:
    found = problems_after(lambda changed: content(changed, "authority")["rules"].pop(0))
    assert ("authority.stands", "", "floor_own_goods_to_seller") in found


def test_a_deciding_table_may_not_ask_for_risk() -> None:
    def change(changed: Document) -> None:
        content(changed, "hearing")["inputs"].append({"id": "risk", "name": "risk", "field": "risk"})

    assert ("hearing", "risk", "floor_risk_decides") in problems_after(change)


def test_paying_during_a_channel_dispute_breaks_a_floor() -> None:
    found = problems_after(lambda changed: content(changed, "gate")["rules"].pop(0))
    assert "floor_channel_dispute_is_frozen" in {code for _, _, code in found}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda changed: changed.update(format="something"), "unknown_format"),
        (lambda changed: changed.pop("deadlines"), "missing"),
        (lambda changed: changed["order"].update(start="nowhere"), "names_no_table"),
        (lambda changed: content(changed, "gate").update(hitPolicy="collect"), "hit_policy_not_first"),
        (
            lambda changed: content(changed, "gate")["inputs"].append({"id": "x", "field": "title"}),
            "unknown_input",
        ),
        (lambda changed: content(changed, "gate")["rules"][0].update(surprise="1"), "unknown_column"),
        (
            lambda changed: content(changed, "gate")["rules"][1].update(_id="channel_dispute"),
            "row_id_missing_or_twice",
        ),
        (
            lambda changed: changed["tables"]["gate"]["nodes"].append({"type": "functionNode"}),
            "not_one_decision_table",
        ),
        (lambda changed: changed["evidence_roles"].update(sms=["magic"]), "unknown_role"),
    ],
)
def test_a_document_of_another_shape_is_refused(change: Callable[[Document], object], code: str) -> None:
    assert code in {found for _, _, found in problems_after(change)}


def test_what_is_not_json_is_refused() -> None:
    assert [problem.code for problem in check_policy(b"{")] == ["not_json"]
    with pytest.raises(PolicyError):
        compile_policy(b"[]")
