"""Keys: what they open, how long a lookup is remembered, and that a revoked one stops working in time."""

from __future__ import annotations

import time
from uuid import uuid4

from api_world import Caller, Shopfront, now

from tuidan.api.auth import CACHE_KEYS_MAX, CACHE_SECONDS, KeyCache
from tuidan.commands.people import give_api_key, revoke_api_key
from tuidan.reads.viewer import Viewer

SOMEBODY = Viewer(uuid4(), frozenset(), False, False)


class Lookups:
    """Who a key belongs to, as told; counts how often it is asked."""

    def __init__(self) -> None:
        self.known: dict[str, Viewer] = {}
        self.asked: list[str] = []
        self.moment = 100.0

    def find(self, key: str) -> Viewer | None:
        self.asked.append(key)
        return self.known.get(key)

    def cache(self) -> KeyCache:
        return KeyCache(self.find, lambda: self.moment)


def test_a_known_key_is_looked_up_once_in_a_few_seconds() -> None:
    lookups = Lookups()
    lookups.known["td_a"] = SOMEBODY
    cache = lookups.cache()
    found = [cache.find("td_a") for _ in range(3)]
    assert {caller.viewer if caller else None for caller in found} == {SOMEBODY}
    lookups.moment += CACHE_SECONDS
    cache.find("td_a")
    assert lookups.asked == ["td_a", "td_a"]


def test_a_revoked_key_is_forgotten_when_its_time_is_over() -> None:
    lookups = Lookups()
    lookups.known["td_a"] = SOMEBODY
    cache = lookups.cache()
    cache.find("td_a")
    del lookups.known["td_a"]
    lookups.moment += CACHE_SECONDS - 0.01
    assert cache.find("td_a") is not None
    lookups.moment += 0.01
    assert cache.find("td_a") is None
    assert CACHE_SECONDS < 5


def test_an_unknown_key_is_asked_for_each_time_so_that_a_new_one_works_at_once() -> None:
    lookups = Lookups()
    cache = lookups.cache()
    assert cache.find("td_new") is None
    lookups.known["td_new"] = SOMEBODY
    assert cache.find("td_new") is not None


def test_the_memory_of_keys_is_bounded() -> None:
    lookups = Lookups()
    cache = lookups.cache()
    for n in range(CACHE_KEYS_MAX + 10):
        lookups.known[f"td_{n}"] = SOMEBODY
        cache.find(f"td_{n}")
    lookups.asked.clear()
    cache.find("td_0")
    cache.find(f"td_{CACHE_KEYS_MAX}")
    assert lookups.asked == ["td_0"]


def test_a_revoked_key_stops_working_within_five_seconds(front: Shopfront, caller: Caller) -> None:
    key = give_api_key(front.people["owner"], "to be revoked", now())
    headers = {"Authorization": f"Bearer {key}"}
    assert caller.client.get("/api/v1/orders", headers=headers).status_code == 200
    assert revoke_api_key(key, now()) is True
    ends = time.monotonic() + 5
    statuses = []
    while time.monotonic() < ends and statuses[-1:] != [401]:
        statuses.append(caller.client.get("/api/v1/orders", headers=headers).status_code)
        time.sleep(0.1)
    assert statuses[-1] == 401


def test_a_revoked_key_cannot_be_revoked_again(front: Shopfront) -> None:
    key = give_api_key(front.people["owner"], "once", now())
    assert [revoke_api_key(key, now()) for _ in range(2)] == [True, False]


def test_part_of_a_name_revokes_nothing(front: Shopfront) -> None:
    assert [revoke_api_key(part, now()) for part in ("", "a", "%", "td_", "0123")] == [False] * 5
