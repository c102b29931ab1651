"""`tuidan alarms` as an operator uses it: what there is, and taking one off the list with a name and a reason."""

from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from shopfloor import Bought, later, sealed
from tuidan.commands.alarm import record_outside_refund
from tuidan.domain import commands as c
from tuidan.reads.alarm import read_alarms
from tuidan.site.cli import tuidan
from tuidan.store.boards.project import project
from tuidan.store.people import create_person


def call(*words: str) -> Result:
    return CliRunner().invoke(tuidan, list(words))


@pytest.fixture
def alarming() -> Bought:
    bought = sealed()
    record_outside_refund(bought.id, c.RecordOutsideRefund(1, "alipay", 1_234), later(5))
    project([bought.id])
    return bought


def operator(**roles: bool) -> str:
    return create_person(f"{uuid4()}@example.com", None, "op", later(0), **roles).email


def test_the_list_names_order_alarm_and_amount(fresh_database: str, alarming: Bought) -> None:
    assert call("alarms", "list").stdout == f"{alarming.id}  refund_outside  CNY 12.34\n"


def test_an_alarm_is_acknowledged_with_a_name_and_a_reason(fresh_database: str, alarming: Bought) -> None:
    words = ("--order", str(alarming.id), "--alarm", "refund_outside", "--reason", "核对过")
    told = call("alarms", "acknowledge", *words, "--operator", operator(is_operator=True))
    assert told.exit_code == 0, told.output
    assert read_alarms(alarming.id) == []


def test_somebody_who_is_no_operator_acknowledges_nothing(fresh_database: str, alarming: Bought) -> None:
    words = ("--order", str(alarming.id), "--alarm", "refund_outside", "--reason", "核对过")
    told = call("alarms", "acknowledge", *words, "--operator", operator(is_reviewer=True))
    assert told.exit_code == 1
    assert len(read_alarms(alarming.id)) == 1


def test_an_alarm_that_is_not_there_cannot_be_acknowledged(fresh_database: str, alarming: Bought) -> None:
    words = ("--order", str(alarming.id), "--alarm", "suspense", "--reason", "x")
    told = call("alarms", "acknowledge", *words, "--operator", operator(is_operator=True))
    assert (told.exit_code, "has no alarm suspense" in told.output) == (1, True)
