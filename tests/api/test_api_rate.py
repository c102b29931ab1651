"""One key may not ask as often as it likes; it is told when to come again, and other keys are not touched."""

from collections.abc import Iterator

import pytest
from api_world import Caller, Shopfront

from tuidan.api import auth
from tuidan.api.rate import Buckets


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_what_was_not_used_is_saved_up_over_two_seconds_and_no_longer() -> None:
    clock = Hand()
    buckets = Buckets(5, clock)
    assert [buckets.wait_seconds("k") for _ in range(11)] == [0] * 10 + [1]
    clock.at += 60
    assert [buckets.wait_seconds("k") for _ in range(11)] == [0] * 10 + [1]


def test_one_token_comes_back_after_its_part_of_a_second() -> None:
    clock = Hand()
    buckets = Buckets(5, clock)
    for _ in range(10):
        buckets.wait_seconds("k")
    clock.at += 0.19
    assert buckets.wait_seconds("k") == 1
    clock.at += 0.02
    assert buckets.wait_seconds("k") == 0


def test_keys_do_not_share_a_bucket() -> None:
    buckets = Buckets(1, Hand())
    assert [buckets.wait_seconds("a") for _ in range(3)] == [0, 0, 1]
    assert buckets.wait_seconds("b") == 0


def test_no_limit_is_no_limit() -> None:
    buckets = Buckets(0, Hand())
    assert {buckets.wait_seconds("k") for _ in range(1_000)} == {0}


@pytest.fixture
def limited() -> Iterator[None]:
    """The API with room for two requests a key."""
    before, auth.KEYS = auth.KEYS, Buckets(1, Hand())
    yield
    auth.KEYS = before


@pytest.mark.usefixtures("limited")
def test_a_key_that_asks_too_often_gets_a_problem_with_the_time_to_wait(
    front: Shopfront, caller: Caller
) -> None:
    order_id = front.place()
    answers = [caller.get(f"/orders/{order_id}", "owner") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "1"
    assert answers[2].json()["code"] == "too_many_requests"
    assert caller.get(f"/orders/{order_id}", "seller").status_code == 200
