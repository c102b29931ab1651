"""The difference of two versions: every kind of change is found, named and said in both languages."""

import json
import re
from collections.abc import Callable

from policy_documents import STANDARD, Document, document, draft_with, rule, rules_of
from tuidan.domain.policy import CompiledPolicy, compile_policy
from tuidan.domain.policy.difference import WHATS, Change, find_changes
from tuidan.web.shared.difference import changes_text

HAN = re.compile(r"[一-鿿]")


def after(change: Callable[[Document], object]) -> CompiledPolicy:
    return compile_policy(draft_with(change))


def changes(change: Callable[[Document], object]) -> list[Change]:
    found = find_changes(STANDARD, after(change))
    assert found[0] == Change("renamed", "", "", "version", STANDARD.name.version, "2027.1")
    assert {one.what for one in found} <= WHATS.keys()
    return found[1:]


def said(change: Callable[[Document], object], language: str) -> list[str]:
    return changes_text(find_changes(STANDARD, after(change)), language)[1:]


def set_number(name: str, value: int) -> Callable[[Document], object]:
    return lambda changed: changed["numbers"].update({name: value})


def set_cell(row: str, column: str, text: str) -> Callable[[Document], object]:
    return lambda changed: rule(changed, row).update({column: text})


def test_a_version_does_not_differ_from_itself() -> None:
    shuffled = json.dumps(document(), indent=2, ensure_ascii=False).encode()
    assert find_changes(STANDARD, compile_policy(shuffled)) == []


def test_a_changed_number_is_said_with_its_unit_from_and_to() -> None:
    assert changes(set_number("instant_window_seconds", 600)) == [
        Change("number", "", "", "instant_window_seconds", 300, 600)
    ]
    assert said(set_number("instant_window_seconds", 600), "zh") == ["秒退窗口：由 5 分钟改为 10 分钟。"]
    assert said(set_number("fee_basis_points", 150), "en") == [
        "The fee for a mistake, as a share: from 2% to 1.5%."
    ]
    assert said(set_number("fee_max_fen", 350), "zh") == ["误购费上限：由 ¥5.00 改为 ¥3.50。"]


def test_a_changed_condition_names_table_row_column_and_both_values() -> None:
    widen = set_cell("card_code.instant", "issuer", '"unused", "unknown"')
    [found] = changes(widen)
    assert (found.what, found.table, found.row, found.name) == ("condition", "card_code", "instant", "issuer")
    assert (found.before, found.after, found.rules) == ('"unused"', '"unused", "unknown"', "R2")
    assert said(widen, "zh") == [
        "卡密「秒退窗口：自动发货、未查看、发行方未使用」(instant)："
        "条件「发行方状态」由「未使用」改为「未使用或查不到」。"
    ]
    assert said(widen, "en") == [
        "Card codes, row instant (R2): the condition “Issuer's status” goes from “unused” to “unused or unknown”."
    ]


def test_a_condition_that_goes_is_said_as_anything() -> None:
    assert said(set_cell("card_code.instant", "window", ""), "en") == [
        "Card codes, row instant (R2): the condition “Instant window” goes from “open” to “anything”."
    ]


def test_a_changed_outcome_is_said_in_words() -> None:
    assert said(set_cell("card_code.sealed", "out_amount", '"less_fee"'), "zh") == [
        "卡密「七日内未查看、未使用」(sealed)：「退多少」由「全部」改为「扣误购费后的全部」。"
    ]


def test_a_row_that_went_and_a_row_that_came_are_told_whole() -> None:
    def swap(changed: Document) -> None:
        rules = rules_of(changed, "card_code")
        rules.remove(rule(changed, "card_code.instant"))
        rules.append({**rule(document(), "card_code.sealed"), "_id": "brand_new", "_description": "新的一条"})

    found = changes(swap)
    assert [(one.what, one.row) for one in found] == [("row_removed", "instant"), ("row_added", "brand_new")]
    assert dict(found[0].conditions)["window"] == '"open"'
    assert said(swap, "en") == [
        "Card codes, row instant (R2) is gone: where Code shown is sealed and Instant window is open and "
        "Issuer's status is unused, it was refund, everything, refund_instant.",
        "Card codes, new row brand_new (R3): where Code shown is sealed and Issuer's status is unused and "
        "Seven days after delivery is within time, refund, everything, refund_normal.",
    ]


def test_only_the_row_that_was_lifted_is_told_as_moved() -> None:
    def lift(changed: Document) -> None:
        rules = rules_of(changed, "card_code")
        rules.insert(0, rules.pop(5))

    moved = rules_of(document(), "card_code")[5]["_id"]
    assert [(one.what, one.row) for one in changes(lift)] == [("row_moved", moved)]


def test_a_changed_deadline_is_said_with_its_span() -> None:
    def longer(changed: Document) -> None:
        changed["deadlines"]["buyer_evidence"]["within"] = "PT72H"

    assert said(longer, "zh") == ["买家举证的时限（buyer_evidence）：由 48 小时改为 72 小时。"]


def test_notes_alone_are_told_as_notes() -> None:
    assert [one.what for one in changes(set_cell("card_code.instant", "_description", "别的说法"))] == [
        "notes"
    ]


def test_what_evidence_carries_is_compared() -> None:
    def less(changed: Document) -> None:
        changed["evidence_roles"]["sms"] = ["defect"]

    assert [(one.what, one.name, one.after) for one in changes(less)] == [("roles", "sms", "defect")]


def test_every_row_of_every_table_can_be_said_when_it_goes() -> None:
    plain = document()
    for place in range(max(len(rules_of(plain, table)) for table in plain["tables"])):
        gone = [rules_of(plain, table)[place : place + 1] for table in plain["tables"]]
        names = {row["_id"] for rows in gone for row in rows}

        def drop(changed: Document, place: int = place) -> None:
            for table in changed["tables"]:
                del rules_of(changed, table)[place : place + 1]

        for language in ("zh", "en"):
            sentences = said(drop, language)
            assert len(sentences) == len([row for rows in gone for row in rows])
            assert all(any(name in sentence for name in names) for sentence in sentences)
            assert language == "zh" or not HAN.search(" ".join(sentences))
