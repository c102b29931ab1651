"""The reference leaves nothing out: what a person can ask, what can happen, every no, all help."""

import re
from typing import get_args

import pytest
from drawn_cli import help_of_commands
from drawn_pages import ROOT
from drawn_reference import said_by
from drawn_states import NOUNS, Noun, states_of, steps_of

from tuidan.domain import commands, effects, events
from tuidan.domain.dispute.case import STEP_OF_ROUTE
from tuidan.domain.refusals import CODES
from tuidan.domain.stock import StockNo


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def named(page: str) -> set[str]:
    """What stands in backticks in the first column."""
    return set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def test_every_command_is_on_its_page_and_says_what_it_asks() -> None:
    found = get_args(commands.Command)
    assert {command.__name__ for command in found} == named(read("reference/commands.md"))
    assert [command.__name__ for command in found if not said_by(command)] == []


def test_every_event_is_on_its_page_and_says_what_happened() -> None:
    assert set(events.KINDS) == named(read("reference/events.md"))
    assert [kind for kind, record in events.KINDS.items() if not said_by(record)] == []


def test_every_refusal_is_on_its_page() -> None:
    assert named(read("reference/refusals.md")) >= set(CODES) | {code.value for code in StockNo}


def test_every_effect_and_timer_is_on_its_page() -> None:
    assert named(read("reference/effects.md")) == {*effects.EFFECT_KINDS, *effects.TIMER_KINDS}


def test_every_command_of_the_command_line_says_what_it_does() -> None:
    sections = "".join(help_of_commands()).split("\n## ")[1:]
    silent = [
        section.split("\n")[0] for section in sections if not re.search(r"^  \S.{9}", section, re.MULTILINE)
    ]
    assert len(sections) > 10
    assert silent == []


# What belongs to no order has steps and dates, no events.
OF_NO_ORDER = {"domain/stock.py", "domain/policy/life.py", "domain/upload/state.py"}


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.file)
def test_every_state_of_a_noun_can_be_reached_from_its_first(noun: Noun) -> None:
    reached, before = {noun.begins}, set()
    while reached != before:
        before = set(reached)
        reached |= {to for state, _, to in steps_of(noun) if state in before}
    assert set(states_of(noun)) == reached


def test_every_event_that_moves_a_state_is_an_event_or_a_named_step() -> None:
    steps = {event for noun in NOUNS for _, event, _ in steps_of(noun) if noun.file not in OF_NO_ORDER}
    money = {"goes_by_bank", "refund_wanted", "compensation_wanted", "charged_in_part", "charged_in_full"}
    case = {*STEP_OF_ROUTE.values(), "approval_upheld", "rejection_upheld"}
    # One event of an offer is either side's acceptance, the last or not; a new offer replaces the open one.
    offer = {"first_acceptance", "last_acceptance", "offer_replaced"}
    assert steps - set(events.KINDS) - money - case - offer == {"order_refunded", "cancelled", "reversed"}
