"""Attacks on one world: the product's own administrator-gone-wrong, led by seeded chance, told what it touches."""

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson
from attack_world import TABLES, AttackWorld

from shopfloor import Bought
from tuidan.sandbox.administrator import BOARDS, Administrator, Told


@dataclass(init=False)
class Attacker(Administrator):
    """One attack after another on one world; `chance` is seeded, so that a failure can be played again."""

    world: AttackWorld
    chance: random.Random

    def __init__(self, world: AttackWorld, chance: random.Random) -> None:
        super().__init__(world.line)
        self.world, self.chance = world, chance
        self.world.touched.update(BOARDS)

    def run(self, statement: str, *values: object) -> int:
        """Change rows as the superuser, and remember which tables are to be put back."""
        self.world.touched.update(set(re.findall(r"[a-z]+_[a-z]+", statement)) & set(TABLES))
        return super().run(statement, *values)

    def one(self, statement: str, *values: object) -> tuple:
        """One row of those found, by chance."""
        return self.chance.choice(self.rows(statement, *values))

    def order(self) -> Bought:
        return self.chance.choice(self.world.orders)


def changed(events: list[Told], chance: random.Random) -> list[Told]:
    """The same history with one thing in it told otherwise: an amount, a word, a time."""
    made = orjson.loads(orjson.dumps(events))
    for _ in range(50):
        told = made[chance.randrange(len(made))]
        data = told["data"]
        numbers = [name for name, value in data.items() if type(value) is int and value > 1]
        words = [name for name, value in data.items() if isinstance(value, str) and value]
        what = chance.choice(["number", "word", "time", "actor"])
        if what == "number" and numbers:
            data[chance.choice(numbers)] += chance.choice([1, 100, -1])
        elif what == "word" and words:
            name = chance.choice(words)
            data[name] = data[name][:-1] + chance.choice("0123456789abcdef")
        elif what == "time":
            told["at"] = (
                (datetime.fromisoformat(told["at"]) - timedelta(seconds=1)).astimezone(UTC).isoformat()
            )
        elif what == "actor":
            told["actor"] = told["actor"] | {"id": str(UUID(int=chance.getrandbits(128)))}
        else:
            continue
        if made != events:
            return list(made)
    raise AssertionError("nothing could be changed")
