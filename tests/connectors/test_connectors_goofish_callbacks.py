"""Callbacks as they really arrive: honest, doubled, reordered, forged, foreign, stale, and sent again."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sandbox_world import wait_until
from supplier_world import World, supplier_world

from tuidan.connectors.contract.supplier import (
    ForeignNotice,
    ForgedNotice,
    StaleNotice,
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with supplier_world(tmp_path_factory.mktemp("world")) as made:
        yield made


def outcomes(world: World, reference: str, count: int) -> list[str]:
    """What our reader makes of the callbacks about one order, in the order they came."""
    made = []
    for query, body in world.receiver.wait_for(reference, count):
        try:
            made.append(world.supplier.read_notice(query, body, datetime.now(UTC)).outcome)
        except (ForgedNotice, ForeignNotice, StaleNotice) as refused:
            made.append(refused.code)
    return made


def test_a_callback_comes_after_a_while(world: World) -> None:
    request = world.request("succeed_later", after_seconds=0.1)
    world.supplier.order(request)
    assert outcomes(world, request.reference, 1) == ["succeeded"]


def test_a_callback_comes_twice_with_the_same_body(world: World) -> None:
    request = world.request("twice")
    world.supplier.order(request)
    assert outcomes(world, request.reference, 2) == ["succeeded", "succeeded"]
    assert len({body for _, body in world.receiver.about(request.reference)}) == 1


def test_callbacks_come_out_of_order_and_the_query_tells_the_truth(world: World) -> None:
    request = world.request("out_of_order")
    world.supplier.order(request)
    assert outcomes(world, request.reference, 2) == ["succeeded", "accepted"]
    assert world.supplier.query(request.reference).outcome == "succeeded"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("forged", "notice_forged"),
        ("changed", "notice_forged"),
        ("foreign", "notice_foreign"),
        ("stale", "notice_stale"),
    ],
)
def test_a_wrong_callback_is_refused_and_the_query_tells_the_truth(
    world: World, kind: str, code: str
) -> None:
    request = world.request("silent", callbacks=kind)
    world.supplier.order(request)
    wait_until(lambda: any(request.reference.encode() in body for _, body in world.receiver.arrived))
    assert outcomes(world, request.reference, 1) == [code]
    assert world.supplier.query(request.reference).outcome == "accepted"


def test_a_callback_that_is_not_taken_comes_again(world: World) -> None:
    request = world.request("fail_later", after_seconds=0.1)
    world.receiver.refuse_next = 2
    world.supplier.order(request)
    assert outcomes(world, request.reference, 3) == ["failed"] * 3
    state = wait_until(
        lambda: c if (c := world.sandbox.state(request.reference)["orders"][request.reference]["callbacks"])
        and c[0]["done"] else None
    )  # fmt: skip
    assert [entry["tries"] for entry in state] == [3]


def test_a_callback_can_be_sent_on_request(world: World) -> None:
    request = world.request("silent")
    world.supplier.order(request)
    world.sandbox.tell("notify", reference=request.reference, kind="forged")
    assert outcomes(world, request.reference, 1) == ["notice_forged"]
