"""Sellers' wording: what is found, what is left alone, and where in the original it stands."""

import time

import pytest
from terms_wording import LAWFUL, VIOLATING

from tuidan.domain.terms import CLAUSES, RISKY, VOID, Extra, PageSettings, check_page, has_void, lint
from tuidan.domain.terms.chain import compiled, parse
from tuidan.domain.terms.lint import RULES

WORDED = [clause for clause in CLAUSES.values() if not clause.of_page]


def clauses_in(text: str) -> list[str]:
    return [hit.clause for hit in lint(text)]


@pytest.mark.parametrize("clause", VIOLATING)
def test_each_wording_of_a_clause_is_found(clause: str) -> None:
    assert len(VIOLATING[clause]) >= 5
    assert [text for text in VIOLATING[clause] if clause not in clauses_in(text)] == []


@pytest.mark.parametrize("text", LAWFUL)
def test_lawful_wording_is_left_alone(text: str) -> None:
    assert lint(text) == []


def test_every_clause_has_a_level_a_basis_and_wordings_or_is_of_the_page() -> None:
    assert [clause.id for clause in CLAUSES.values()] == [f"C{n:02}" for n in range(1, 33)]
    assert {clause.id for clause in WORDED} == VIOLATING.keys() == {rule.clause for rule in RULES}
    assert {clause.id for clause in CLAUSES.values() if clause.of_page} == {"C03", "C32"}
    assert all(clause.articles and clause.level in (VOID, RISKY) for clause in CLAUSES.values())


def test_every_rule_can_be_read() -> None:
    written = [chain for rule in RULES for chain in (*rule.chains, *(guard.chain for guard in rule.unless))]
    assert len(written) > 200
    assert [chain for chain in written if any(compiled(step.name).match("") for step in parse(chain))] == []


def test_a_hit_tells_where_it_stands_in_the_original() -> None:
    text = "亲,您好!一 经 售 出 , 概 不 退 換 ❤"
    (hit,) = lint(text)
    assert (hit.clause, hit.level) == ("C01", VOID)
    assert hit.words == text[hit.start : hit.end] == "售 出 , 概 不 退 換"
    assert hit.articles[0] == "消法26"


def test_a_hidden_word_is_told_as_it_was_written() -> None:
    (hit,) = lint("想要便宜➕V信转账")
    assert hit.clause == "C14"
    assert hit.words.endswith("➕V信转账")


def test_a_clause_is_told_again_for_another_sentence() -> None:
    assert clauses_in("押金不退。租金概不退还。").count("C30") == 2


def test_the_wording_can_make_a_risky_clause_void() -> None:
    assert {hit.level for hit in lint("充错账号不退") if hit.clause == "C09"} == {RISKY}
    assert {hit.level for hit in lint("无论谁充错账号都不退") if hit.clause == "C09"} == {VOID}
    assert not has_void(lint("图片仅供参考"))
    assert has_void(lint("最终解释权归本店"))


def test_nothing_reaches_over_the_end_of_a_sentence() -> None:
    assert lint("售出日期见订单。不退出登录也能查看") == []


def test_a_listings_text_is_read_in_a_blink() -> None:
    text = "。".join(LAWFUL)[:600]
    lint("的")  # the expressions are compiled once
    lint(text)
    spent = []
    for n in range(7):
        started = time.process_time()
        lint(f"{n}{text}")
        spent.append(time.process_time() - started)
    assert min(spent) < 0.040


@pytest.mark.parametrize(
    "piece",
    [
        "不",
        "1",
        "(",
        "售出",
        "概不退换",
        "不得以任何理由要求",
        "如果卖家",
        "加微信",
        "退款扣3",
        "因您",
        "a b. ",
        "、",
        "\n",
        "🈲",
        "tui",
    ],
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    lint(piece)  # the expressions are compiled once
    spent = []
    for length in (10_000, 100_000):
        started = time.process_time()
        lint((piece * length)[:length])
        spent.append(time.process_time() - started)
    assert spent[1] < 40 * max(spent[0], 0.005)
    assert spent[1] < 5


def test_an_exclusion_without_its_own_confirmation_is_a_fault_of_the_page() -> None:
    faults = [
        check_page(PageSettings(no_reason_excluded=True)),
        check_page(
            PageSettings(no_reason_excluded=True, asks_confirmation=True, confirmation_preticked=True)
        ),
        check_page(PageSettings(no_reason_excluded=True, asks_confirmation=True, confirmed_each_order=False)),
    ]
    assert [[(fault.clause, fault.fault) for fault in found] for found in faults] == [
        [("C03", "not_confirmed")],
        [("C03", "confirmation_preticked")],
        [("C03", "not_each_order")],
    ]
    assert check_page(PageSettings(no_reason_excluded=True, asks_confirmation=True)) == []


def test_an_extra_that_is_ticked_beforehand_is_a_fault_of_the_page() -> None:
    extras = (
        Extra("insurance", preticked=True),
        Extra("renewal", renews=True, told_before_renewal=False),
        Extra("gift"),
    )
    assert [(fault.clause, fault.fault, fault.what) for fault in check_page(PageSettings(extras=extras))] == [
        ("C32", "extra_preticked", "insurance"),
        ("C32", "renewal_not_told", "renewal"),
    ]
