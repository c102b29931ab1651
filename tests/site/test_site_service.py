"""Services from the command line: the switches, a listing with milestones, and who is a minor."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from tuidan.reads.people import person_by_email
from tuidan.site.cli import tuidan
from tuidan.store import catalog, people

DESIGN: dict[str, object] = {
    "title": "头像定制",
    "goods_kind": "service",
    "delivery_mode": "manual",
    "price_fen": 30_000,
    "service": {
        "type": "custom_design",
        "milestones": [{"name": "草图", "share": 6_000}, {"name": "成稿", "share": 4_000}],
    },
}


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(tuidan, list(words), input=typed)


@pytest.fixture
def shop() -> str:
    """A shop of somebody's."""
    email = f"{uuid4()}@shop.example"
    run("people", "create", email, "--name", "店主", "--password", "long-enough-7")
    return run("shop", "create", "小店", "--type", "third_party", "--member", email).output.strip()


@pytest.fixture(autouse=True)
def _off_again() -> Iterator[None]:
    """Leave the switches off, as they are found."""
    yield
    for kind in ("boosting", "account_rental"):
        run("services", "off", kind)


def sell(shop: str, **service: object) -> Result:
    told = DESIGN | ({"service": service} if service else {})
    return run("shop", "sell", shop, "-", typed=json.dumps(told))


def test_a_service_is_put_on_sale_with_its_milestones(shop: str) -> None:
    listing = catalog.find_listing(UUID(sell(shop).output.strip()))
    assert listing is not None
    assert listing.service == DESIGN["service"]


def test_shares_that_do_not_add_up_are_said_in_one_sentence(shop: str) -> None:
    said = sell(shop, type="custom_design", milestones=[{"name": "草图", "share": 6_000}])
    assert (said.exit_code, "add up to 10000" in said.output) == (1, True)


@pytest.mark.parametrize("kind", ["boosting", "account_rental"])
def test_a_kind_is_off_until_an_operator_switches_it_on(shop: str, kind: str) -> None:
    assert f"{kind} off" in run("services", "list").output
    refused = sell(shop, type=kind, **({"hours": 2} if kind == "account_rental" else {}))
    assert f"{kind} is switched off on this site" in refused.output
    assert run("services", "on", kind).exit_code == 0
    assert f"{kind} on since" in run("services", "list").output
    assert sell(shop, type=kind, **({"hours": 2} if kind == "account_rental" else {})).exit_code == 0


def test_a_kind_without_a_switch_cannot_be_switched() -> None:
    assert run("services", "on", "coaching").exit_code == 2


@pytest.mark.parametrize(("answer", "known"), [("yes", True), ("no", False), ("unknown", None)])
def test_an_operator_notes_who_is_a_minor(answer: str, known: bool | None) -> None:
    email = f"{uuid4()}@home.example"
    run("people", "create", email, "--name", "小明", "--password", "long-enough-7")
    assert run("people", "minor", email, answer).exit_code == 0
    person = person_by_email(email)
    assert person is not None
    assert people.is_minor(person.id) is known


def test_nobody_is_no_minor() -> None:
    said = run("people", "minor", f"{uuid4()}@home.example", "yes")
    assert (said.exit_code, "is nobody here" in said.output) == (1, True)
