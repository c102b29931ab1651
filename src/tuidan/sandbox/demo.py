"""The demo: the small world with a shop in it, to be walked through by a person or played through by the stories."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tuidan.sandbox.client import Client, StoryFailed
from tuidan.sandbox.goods import PASSWORD, ROLES, Cast, stage_goods
from tuidan.sandbox.processes import NotReady
from tuidan.sandbox.stage import Stage
from tuidan.sandbox.stories import STORIES
from tuidan.sandbox.stories.incident import supplier_fails_everybody
from tuidan.sandbox.world import World, outside_world
from tuidan.store.people import find_person_by_email

Say = Callable[[str], None]
INCIDENT_ORDERS = 10_000
GOODS = {"goods_no": "PHONE50", "price": 4900, "face_fen": 5000, "stock": 1_000_000}


def furnish(world: World, cast: Cast) -> None:
    """Tell issuer and supplier about the goods that the shop sells."""
    codes = [code for codes in cast.codes.values() for code in codes]
    world.tell(world.issuer, "codes", {"codes": codes})
    world.tell(world.supplier, "goods", GOODS)


@contextmanager
def running_demo(folder: Path, environment: dict[str, str], port: int, codes_each: int) -> Iterator[World]:
    """Sandboxes, shop, site and worker; a folder that was used before keeps its people, orders and codes."""
    with outside_world(folder, environment, port) as world:
        if find_person_by_email("buyer@tuidan.example") is None:
            world.cast = stage_goods(datetime.now(UTC), "", codes_each)
            furnish(world, world.cast)
        world.start_web()
        world.start_worker()
        yield world


def welcome(world: World, say: Say) -> None:
    """Print the address and the sign-ins."""
    say(f"退单 Tuidan 已启动 / is running: {world.url}")
    say(f"支付宝沙箱 / Alipay sandbox:   {world.alipay.ready['url']}")
    say(f"登录密码 / password: {PASSWORD}")
    for role, (name, _) in ROLES.items():
        say(f"  {role + '@tuidan.example':<28} {name}")
    say("按 Ctrl-C 结束 / Ctrl-C ends it.")


def wait_until_interrupted(world: World) -> None:
    """Hold on until Ctrl-C; raises NotReady when the site or the worker ends by itself."""
    while True:
        for started in (world.web, world.worker):
            if started is not None and started.process.poll() is not None:
                raise NotReady(f"{started.name} ended by itself: {started.tail()}")
        time.sleep(0.5)


def play_stories(
    world: World,
    run_tuidan: Callable[..., str],
    say: Say,
    only: tuple[int, ...] = (),
    incident_orders: int = INCIDENT_ORDERS,
) -> int:
    """Play the stories one after the other; gives how many failed."""
    assert world.cast is not None
    cast = world.cast
    buyer, reviewer = (Client(world.url, cast.keys[role]) for role in ("buyer", "reviewer"))
    clock_file = Path(world.processes.environment["TUIDAN_CLOCK_FILE"])
    stage = Stage(world, cast, buyer, reviewer, run_tuidan, incident_orders, clock_file)
    played = failed = 0
    for number, sentence, story in in_playing_order(only):
        start = time.monotonic()
        played += 1
        try:
            _ensure_worker(world)
            story(stage)
            say(f"ok      {number} {sentence} ({time.monotonic() - start:.1f} s)")
        except StoryFailed as problem:
            failed += 1
            say(f"FAILED  {number} {sentence}: {problem}")
        except Exception as problem:  # a story must not take the others with it
            failed += 1
            say(f"FAILED  {number} {sentence}: {type(problem).__name__}: {problem}")
            say(traceback.format_exc() if os.environ.get("TUIDAN_DEBUG") == "on" else "")
    say(f"{played - failed} passed, {failed} failed")
    return failed


def in_playing_order(only: tuple[int, ...]) -> list[tuple[int, str, Callable[[Stage], None]]]:
    """The wanted stories with their numbers. The incident comes last: its many timers must not fire in the others."""
    wanted = [
        (number, sentence, story)
        for number, (sentence, story) in enumerate(STORIES, start=1)
        if not only or number in only
    ]
    return sorted(wanted, key=lambda told: told[2] is supplier_fails_everybody)


def _ensure_worker(world: World) -> None:
    if world.worker is None or world.worker.process.poll() is not None:
        world.start_worker()
