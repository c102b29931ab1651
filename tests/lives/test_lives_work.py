"""Random lives of services against the model in life_work.py. `TUIDAN_LONG=1` makes thousands of them."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from life_work import PureWork, PureWorkLife, RealWorkLife, WorkLife
from life_worlds import Answer

from tuidan.domain import commands as c

LONG = bool(os.environ.get("TUIDAN_LONG"))


def lives(count: int) -> settings:
    return settings(
        max_examples=count,
        stateful_step_count=40,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink) if LONG else tuple(Phase)[:3],
    )


def test_lives_of_services_in_the_domain_agree_with_the_model() -> None:
    must_hold(PureWorkLife, lives(4_000 if LONG else 120))


def test_lives_of_services_by_real_commands_agree_with_the_model() -> None:
    must_hold(RealWorkLife, lives(1_000 if LONG else 40))


class DeafWorld(PureWork):
    """Broken: what the buyer disputes counts as agreed."""

    def do(self, command: c.Command, seconds: int) -> Answer:
        if isinstance(command, c.AnswerProgress):
            command = c.AnswerProgress(command.unit, command.milestone, command.percent, accept=True)
        return super().do(command, seconds)


class HastyWorld(PureWork):
    """Broken: silence agrees a day too early."""

    def do(self, command: c.Command, seconds: int) -> Answer:
        return super().do(command, seconds + 86_400 * isinstance(command, c.PassAnswer))


@pytest.mark.parametrize("world", [DeafWorld, HastyWorld])
def test_a_broken_service_does_not_live_long(world: type[PureWork]) -> None:
    life = type("BrokenWorkLife", (WorkLife,), {"world_of": world})
    generate = settings(lives(400), phases=(Phase.generate,), database=None, report_multiple_bugs=False)
    with pytest.raises((AssertionError, ExceptionGroup)):
        must_hold(life, generate)


def must_hold(life: type[WorkLife], how: settings) -> None:
    run_state_machine_as_test(life, settings=how)
