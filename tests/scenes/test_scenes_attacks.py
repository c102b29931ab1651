"""An administrator who holds the database and the signing key edits behind our back: every edit is found and named.

`TUIDAN_LONG=1` makes 1,000 random edits; otherwise there are a few of each kind. `TUIDAN_SEED` plays others.
"""

import os
import random
from collections.abc import Iterator

import pytest
from attack_kinds import KINDS, SEED
from attack_world import AttackWorld, attack_world
from attacker import Attacker
from log_world import watching

from tuidan.store.audit.run import audit

EACH = 36 if os.environ.get("TUIDAN_LONG") else 5
NAMES = {attack.__name__: attack for attack in KINDS}


@pytest.fixture(scope="module")
def world(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AttackWorld]:
    """One world for all attacks; each puts it back as it was."""
    with watching(tmp_path_factory.mktemp("attacked")) as watched:
        found = attack_world(watched)
        yield found
        found.line.close()


def found_in(world: AttackWorld) -> set[str]:
    """What an audit says that is given the checkpoint that the witness has kept."""
    trusted = [world.watching.witness.key.public]
    return {difference.what for difference in audit(against=[world.witnessed], trusted=trusted)}


def test_a_world_that_nobody_edited_has_no_difference(world: AttackWorld) -> None:
    world.restore()
    assert found_in(world) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_edit_is_found_and_named(world: AttackWorld, name: str) -> None:
    attack, wanted = NAMES[name], KINDS[NAMES[name]]
    for number in range(EACH):
        world.restore()
        attack(Attacker(world, random.Random(f"{SEED} {name} {number}")))
        found = found_in(world)
        assert found & wanted, f"edit {number} of seed {SEED} was called {sorted(found)}"


@pytest.mark.parametrize("name", ["event_changed_signed", "order_removed_signed", "file_changed_signed"])
def test_without_a_witness_nobody_could_tell(world: AttackWorld, name: str) -> None:
    """What makes the witness worth its while: all that we keep ourselves fits together again."""
    world.restore()
    NAMES[name](Attacker(world, random.Random(f"{SEED} {name} alone")))
    alone = {difference.what for difference in audit()}
    assert not alone & {"log_history_differs", "log_leaf_differs", "log_checkpoint_differs", "event_changed"}
    assert "log_history_differs" in found_in(world) or "log_behind" in found_in(world)


def test_the_same_world_is_sound_after_all_attacks(world: AttackWorld) -> None:
    world.restore()
    assert found_in(world) == set()
