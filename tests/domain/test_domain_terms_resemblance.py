"""Wording that no rule names but that resembles what is known: told as likely, never as void."""

import json
import time

import pytest
from drawn_resemblance import FILE, digest

from tuidan.domain.terms import RISKY, has_void, lint
from tuidan.domain.terms.resemblance import LAWFUL, learnt, pieces_of, resembled


def test_the_weights_were_learnt_from_the_sentences_that_stand_there() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8"))["learnt_from"] == digest()


def test_every_clause_of_wording_and_what_is_lawful_can_be_resembled() -> None:
    assert set(learnt().labels) == {LAWFUL, *(f"C{n:02}" for n in range(1, 32))} - {"C03"}


def test_a_likely_hit_is_risky_whatever_the_clause_and_never_void() -> None:
    likely = [hit for hit in lint("禁止到任何部门反映，违者订单作废") if hit.likely]
    assert [hit.clause for hit in likely] == ["C06"]
    assert {hit.level for hit in likely} == {RISKY}
    assert not has_void(likely)


def test_a_clause_that_a_rule_names_is_not_told_again_as_likely() -> None:
    hits = lint("本店拥有最终解释权")
    assert [(hit.clause, hit.likely) for hit in hits] == [("C05", False)]


@pytest.mark.parametrize("text", ["", "的", "今天天气很好", "Hello there, nice shop!", "12345", "🙂🙂🙂"])
def test_what_says_nothing_about_terms_resembles_nothing(text: str) -> None:
    assert lint(text) == []


def test_pieces_are_runs_of_one_to_three_signs() -> None:
    assert pieces_of("不退") == {"不", "退", "不退"}
    assert pieces_of("abcd") == {"a", "b", "c", "d", "ab", "bc", "cd", "abc", "bcd"}


def test_what_a_guard_excuses_is_not_likely_either() -> None:
    assert lint("本店不会因为差评而拒绝售后") == []


def test_a_sentence_without_end_is_read_to_a_limit() -> None:
    started = time.process_time()
    resembled("售出概不退换" * 100_000)
    assert time.process_time() - started < 1
