"""The terms linter for programs: no key, bounded, nothing stored, page settings too."""

import pytest
from api_world import Caller

from tuidan.domain.terms import CLAUSES


def test_a_text_is_linted_without_a_key(caller: Caller) -> None:
    text = "亲,一经售出概不退换"
    answer = caller.send("stranger", "POST", "/terms/lint", {"text": text})
    assert answer.status_code == 200
    told = answer.json()
    (hit,) = told["hits"]
    assert (told["void"], hit["clause"], hit["level"], hit["help"]) == (True, "C01", "V", "/terms/#C01")
    assert text[hit["start"] : hit["end"]] == hit["words"]
    assert hit["articles"][0] == "消法26"


def test_a_page_that_ticks_beforehand_is_void_without_any_wording(caller: Caller) -> None:
    page = {
        "no_reason_excluded": True,
        "asks_confirmation": True,
        "confirmation_preticked": True,
        "extras": [{"name": "insurance", "preticked": True}],
    }
    told = caller.send("stranger", "POST", "/terms/lint", {"text": "", "page": page}).json()
    assert told["void"] is True
    assert [(fault["clause"], fault["fault"]) for fault in told["page_faults"]] == [
        ("C03", "confirmation_preticked"),
        ("C32", "extra_preticked"),
    ]


@pytest.mark.parametrize("body", [{"text": "好" * 20_001}, {"text": 5}, {}, {"text": "x", "more": 1}])
def test_what_is_no_text_or_too_long_is_refused(caller: Caller, body: dict[str, object]) -> None:
    assert caller.send("stranger", "POST", "/terms/lint", body).status_code == 422


def test_a_body_beyond_the_limit_is_not_read(caller: Caller) -> None:
    assert caller.send("stranger", "POST", "/terms/lint", {"text": "x" * 70_000}).status_code == 413


def test_every_clause_is_listed_as_data(caller: Caller) -> None:
    told = caller.send("stranger", "GET", "/terms").json()
    assert [clause["clause"] for clause in told["clauses"]] == list(CLAUSES)
