"""Setting a real site up from the command line: people, shops, listings, the policy."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from tuidan.commands.catalog import BadListing, offer_listing
from tuidan.reads.people import person_by_email
from tuidan.site.cli import tuidan
from tuidan.store import catalog

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
CARD: dict[str, object] = {
    "title": "点卡 30 元",
    "goods_kind": "card_code",
    "price_fen": 2940,
    "stock_kind": "unique",
}


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(tuidan, list(words), input=typed)


def somebody() -> str:
    email = f"{uuid4()}@shop.example"
    assert run("people", "create", email, "--name", "店主", "--password", "long-enough-7").exit_code == 0
    return email


def test_a_site_is_set_up_from_nothing_to_a_listing_on_sale() -> None:
    made = run("shop", "create", "小店", "--type", "third_party", "--member", somebody())
    shop = made.output.strip()
    offered = run("shop", "sell", shop, "-", typed=json.dumps(CARD))
    assert (made.exit_code, offered.exit_code) == (0, 0)
    listing = catalog.find_listing(UUID(offered.output.strip()))
    assert listing is not None
    assert (listing.shop_name, listing.price_fen, listing.on_sale) == ("小店", 2940, True)
    assert run("shop", "stop", str(listing.id)).exit_code == 0
    stopped = catalog.find_listing(listing.id)
    assert stopped is not None
    assert not stopped.on_sale


def test_roles_are_given_when_a_person_is_made() -> None:
    email = f"{uuid4()}@shop.example"
    run("people", "create", email, "--name", "审核", "--reviewer", "--password", "long-enough-7")
    person = person_by_email(email)
    assert person is not None
    assert (person.is_reviewer, person.is_operator) == (True, False)


def test_an_address_that_is_taken_is_said_in_one_sentence() -> None:
    email = somebody()
    said = run("people", "create", email, "--name", "又一个", "--password", "long-enough-7")
    assert said.exit_code == 1
    assert "registered already" in said.output


def test_a_shop_needs_members_who_exist() -> None:
    said = run("shop", "create", "空店", "--type", "third_party", "--member", "nobody@shop.example")
    assert said.exit_code == 1
    assert "make the person first" in said.output


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"price_fen": 0}, "price_fen must be a whole number"),
        ({"price_fen": 29.4}, "price_fen must be a whole number"),
        ({"title": ""}, "title is needed"),
        ({"goods_kind": "gold"}, "goods_kind must be one of"),
        ({"stock_kind": "none"}, "card codes need"),
        ({"colour": "red"}, "colour is not a field"),
        ({"account_pattern": "["}, "no regular expression"),
        ({"goods_kind": "top_up", "stock_kind": "none"}, "needs a supplier"),
        ({"goods_kind": "service", "stock_kind": "none"}, "delivery_mode manual"),
    ],
)
def test_a_listing_that_could_not_be_delivered_is_refused_by_name(
    change: dict[str, object], sentence: str
) -> None:
    shop = catalog.create_shop("小店", "third_party", [], NOW)
    with pytest.raises(BadListing, match=sentence):
        offer_listing(shop, CARD | change, NOW)


def test_publishing_the_shipped_policy_twice_is_publishing_it_once() -> None:
    first, second = run("publish-policy"), run("publish-policy")
    assert (first.exit_code, first.output) == (0, second.output)
