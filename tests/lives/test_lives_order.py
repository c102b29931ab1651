"""Random lives of orders. `TUIDAN_LONG=1` makes thousands of them; a failure prints the steps and the seed."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from life_machine import Life
from life_worlds import PureWorld, RealWorld

LONG = bool(os.environ.get("TUIDAN_LONG"))
STEPS = 50


class PureLife(Life):
    """Decide and evolve only."""

    world_of = PureWorld


class RealLife(Life):
    """The product's commands on PostgreSQL."""

    world_of = RealWorld


def lives(count: int, steps: int = STEPS) -> settings:
    return settings(
        max_examples=count,
        stateful_step_count=steps,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink) if LONG else tuple(Phase)[:3],
    )


def test_lives_in_the_domain_agree_with_the_model() -> None:
    must_hold(PureLife, lives(5_000 if LONG else 250))


def test_lives_by_real_commands_agree_with_the_model() -> None:
    must_hold(RealLife, lives(2_000 if LONG else 60))


def must_hold(life: type[Life], how: settings) -> None:
    run_state_machine_as_test(life, settings=how)
