"""Who may open what: every address of the pages against owner, other buyer, seller, other seller, reviewer, stranger.

The list of addresses is taken from the product, so an address without a row here fails.
"""

import functools
import re
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern
from storefront import Shelf, client_of, hidden, page_of
from test_web_upload import filed

from evidence_files import video
from tuidan.sandbox.goods import Cast
from tuidan.web.buyer.urls import urlpatterns as buyer_urls
from tuidan.web.hearing.urls import urlpatterns as hearing_urls
from tuidan.web.log.urls import urlpatterns as log_urls
from tuidan.web.operator.urls import urlpatterns as operator_urls
from tuidan.web.record.urls import urlpatterns as record_urls
from tuidan.web.reviewer.urls import urlpatterns as reviewer_urls
from tuidan.web.seller.urls import urlpatterns as seller_urls
from tuidan.web.shared.urls import urlpatterns as shared_urls
from tuidan.worker.checker import Checker

ROLES = ("owner", "other_buyer", "seller", "other_seller", "reviewer", "operator", "stranger")
NAMES = {
    "owner": "buyer",
    "other_buyer": "friend",
    "seller": "seller",
    "other_seller": "clerk",
    "reviewer": "reviewer",
    "operator": "operator",
}
EVERYONE = frozenset(ROLES)
MEMBERS = EVERYONE - {"stranger"}
OWNER = frozenset({"owner"})
SHOPS = frozenset({"seller", "other_seller"})
PARTIES = frozenset({"owner", "seller", "reviewer", "operator"})
SIGN_IN = "/sign-in/?next="


@dataclass(frozen=True, slots=True)
class Row:
    """One address: how it is asked, who may, what they get, and on which kind of order."""

    method: str
    who: frozenset[str]
    answers: tuple[int, ...] = (200,)
    goods: str = "coupon"


GET, POST = "GET", "POST"
MATRIX: dict[str, Row] = {
    "shop": Row(GET, EVERYONE),
    "listing": Row(GET, EVERYONE),
    "register": Row(GET, EVERYONE),
    "sign-in": Row(GET, EVERYONE),
    "sign-out": Row(POST, EVERYONE, (302,)),
    "language": Row(POST, EVERYONE, (302,)),
    "rules": Row(GET, EVERYONE),
    "terms": Row(GET, EVERYONE),
    "rules-document": Row(GET, EVERYONE),
    "rules-version": Row(GET, EVERYONE),
    "rules-comment": Row(POST, MEMBERS, (302,)),
    "verify": Row(GET, EVERYONE),
    "verify-sentences": Row(GET, EVERYONE),
    "verify-single": Row(GET, EVERYONE),
    "bundle": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"})),
    "parts": Row(GET, frozenset()),
    "checkout": Row(GET, MEMBERS),
    "orders": Row(GET, MEMBERS),
    "order": Row(GET, OWNER),
    "order-state": Row(GET, OWNER),
    "settlement-check": Row(POST, OWNER, (302,)),
    "order-confirm": Row(POST, OWNER, (302,)),
    "talk": Row(GET, OWNER),
    "talk-copy": Row(GET, OWNER),
    "question": Row(GET, OWNER),
    "agreement": Row(POST, frozenset()),
    "pay": Row(GET, OWNER, (200,), goods="unpaid"),
    "pay-state": Row(GET, OWNER, (204,), goods="unpaid"),
    "reveal": Row(POST, OWNER),
    "refund-ask": Row(GET, OWNER),
    "refund-now": Row(POST, OWNER, (302,)),
    "refund-withdraw": Row(POST, OWNER, (302,)),
    "progress-answer": Row(POST, OWNER, (302,), goods="design"),
    "work-accept": Row(POST, OWNER, (302,), goods="design"),
    "clock": Row(POST, OWNER, (302,), goods="coaching"),
    "renewal": Row(GET, OWNER, (302,), goods="renewing"),
    "renewal-cancel": Row(POST, OWNER, (302,), goods="renewing"),
    "work-start": Row(POST, frozenset({"seller"}), (302,), goods="design"),
    "progress-report": Row(GET, frozenset({"seller"}), goods="design"),
    "work-stop": Row(GET, frozenset({"seller"}), goods="design"),
    "clock-stop": Row(POST, frozenset({"seller"}), (302,), goods="coaching"),
    "plan-stop": Row(GET, frozenset({"seller"}), (302,), goods="member"),
    "review-plan-stop": Row(GET, frozenset({"reviewer"}), goods="member"),
    "switches": Row(GET, frozenset({"operator"})),
    "to-deliver": Row(GET, SHOPS),
    "seller-cases": Row(GET, SHOPS),
    "sales": Row(GET, SHOPS),
    "questions": Row(GET, SHOPS),
    "seller-talk": Row(GET, frozenset({"seller"})),
    "seller-talk-copy": Row(GET, frozenset({"seller"})),
    "contact-answer": Row(POST, frozenset({"seller"}), (302,)),
    "sale": Row(GET, frozenset({"seller"}), goods="member"),
    "deliver": Row(GET, frozenset({"seller"}), goods="member"),
    "review": Row(GET, frozenset({"reviewer"})),
    "review-talk": Row(GET, frozenset({"reviewer"})),
    "review-talk-copy": Row(GET, frozenset({"reviewer"})),
    "review-case": Row(GET, frozenset({"reviewer"})),
    "hearing": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"})),
    "hearing-act": Row(POST, frozenset({"owner", "seller", "reviewer"}), (302,)),
    # a case with evidence of the buyer on record, one more file of theirs that is not, and one not all here
    "files": Row(GET, frozenset({"owner", "seller"}), goods="evidence"),
    "upload-begin": Row(POST, frozenset({"owner", "seller"}), (422,), goods="evidence"),
    "file": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"}), goods="evidence"),
    "file-original": Row(GET, frozenset({"owner", "reviewer"}), goods="evidence"),
    "file-small": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"}), goods="evidence"),
    "file-frame": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"}), goods="evidence"),
    "file-reading": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"}), goods="evidence"),
    "upload-piece": Row(POST, OWNER, (422,), goods="evidence"),
    "upload-finish": Row(POST, OWNER, (200,), goods="evidence"),
    "upload-drop": Row(POST, OWNER, (302,), goods="evidence"),
    "payer-account": Row(POST, frozenset({"operator"}), (302,)),
    "copied": Row(POST, OWNER, (404,)),
    "snapshot": Row(GET, PARTIES),
    "snapshot-body": Row(GET, PARTIES),
    "receipt": Row(GET, PARTIES),
    "receipt-note": Row(GET, PARTIES),
    "code-life": Row(GET, PARTIES - OWNER),
    "appraisals": Row(GET, frozenset()),
    "my-data": Row(GET, MEMBERS),
    "my-data-export": Row(GET, MEMBERS),
    "my-data-erase": Row(POST, MEMBERS, (302,)),
    "retention": Row(GET, frozenset({"operator"})),
    "retention-hold": Row(POST, frozenset({"operator"}), (302,)),
    "retention-lift": Row(POST, frozenset({"operator"}), (302,)),
    "retention-erase": Row(POST, frozenset({"operator"}), (302,)),
    "dossier": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"})),
    "dossier-pdf": Row(GET, frozenset({"owner", "seller", "reviewer", "operator"})),
    # what nobody has logged yet is not there, for nobody
    "log": Row(GET, EVERYONE),
    "log-checkpoint": Row(GET, EVERYONE, (200, 404)),
    "log-checkpoint-at": Row(GET, EVERYONE, (200, 404)),
    "log-tile": Row(GET, EVERYONE, (200, 404)),
    "log-keys": Row(GET, EVERYONE, (200, 404)),
    "log-key-pem": Row(GET, EVERYONE, (200, 404)),
    "log-handover": Row(GET, EVERYONE, (404,)),
    "log-consistency": Row(GET, EVERYONE),
    "log-policy": Row(GET, EVERYONE),
    "log-stamped": Row(GET, EVERYONE, (404,)),
    "log-order-proof": Row(GET, EVERYONE, (200, 404)),
    "log-order-entry": Row(GET, EVERYONE, (200, 404)),
    "operator": Row(GET, frozenset({"operator"})),
    "operator-order": Row(GET, frozenset({"operator"})),
    "alarm-acknowledge": Row(POST, frozenset({"operator"}), (302,)),
    "channel-answer": Row(POST, frozenset({"operator"}), (302,)),
    "my-account": Row(GET, SHOPS),
    "minor-finding": Row(GET, frozenset({"reviewer"})),
    "payout-consent": Row(POST, OWNER, (302,)),
    "payout-step": Row(POST, frozenset({"operator"}), (302,)),
    "recall": Row(POST, frozenset({"operator"}), (302,)),
    "repaid": Row(POST, frozenset({"operator"}), (302,)),
    "money": Row(GET, frozenset({"operator"})),
    "fund-limit": Row(POST, frozenset({"operator"}), (302,)),
    "seller-account": Row(GET, frozenset({"operator"})),
    "seller-record": Row(POST, frozenset({"operator"}), (302,)),
    "policies": Row(GET, frozenset({"operator"})),
    "policy": Row(GET, frozenset({"operator"})),
    "policy-export": Row(GET, frozenset({"operator"})),
    "policy-import": Row(POST, frozenset({"operator"}), (302,)),
    "policy-examples": Row(POST, frozenset({"operator"}), (302,)),
    "policy-replay": Row(POST, frozenset({"operator"}), (302,)),
    "policy-publish": Row(POST, frozenset({"operator"}), (302,)),
    "policy-withdraw": Row(POST, frozenset({"operator"}), (302,)),
    "policy-drop": Row(POST, frozenset({"operator"}), (302,)),
}
ADDRESSES: dict[str, URLPattern] = {
    str(pattern.name): pattern
    for room in (
        shared_urls,
        buyer_urls,
        seller_urls,
        reviewer_urls,
        operator_urls,
        hearing_urls,
        log_urls,
        record_urls,
    )
    for pattern in room
}


def stage(shelf: Shelf, goods: str) -> UUID:
    """A fresh order for one row."""
    if goods == "unpaid":
        return shelf.placed("coupon")
    if goods == "evidence":
        person = shelf.cast.people["buyer"].id
        SHELVES[person] = shelf
        return on_record(person)
    if goods == "renewing":
        return shelf.placed("member", auto_renew=True)
    order_id = shelf.sealed("coupon") if goods == "coupon" else shelf.paid(goods)
    if goods == "coupon":
        client = client_of(shelf.cast, "buyer")
        client.post(f"/orders/{order_id}/units/1/refund-now/", {"key": uuid4().hex, "reason": "no_reason"})
        client.post(f"/orders/{order_id}/cases/1/withdraw/", {"key": uuid4().hex})
    return order_id


@functools.cache
def on_record(buyer: UUID) -> UUID:
    """A case whose buyer has filed a video as evidence; no row changes it, so one serves them all."""
    with Checker() as checker:
        return filed(SHELVES[buyer], checker, ("录屏.mp4", video()))


SHELVES: dict[UUID, Shelf] = {}


def address(shelf: Shelf, name: str, order_id: UUID) -> str:
    """The address of one row for one order."""
    order = shelf.view(order_id)
    values = {
        "listing_id": order.listing_id,
        "order_id": order_id,
        "n": 1,
        "case": 1,
        "place": 1,
        "action": "file_exhibit",
        "frame": 1,
        "sha256": order.policy_sha256,
        "template": "ask_refund",
        "address": "0/000.p/1",
        "name": "payment",
        "code_id": order.units[0].code_id or uuid4(),
        "size": 0,
        "first": 0,
        "second": 0,
        "part": "token",
        "shop_id": order.seller_id,
        "act": "enter" if name == "payout-step" else "reserve",
    }
    path = "/" + str(ADDRESSES[name].pattern)
    for told in re.findall(r"<\w+:(\w+)>", path):
        path = re.sub(rf"<\w+:{told}>", str(values[told]), path)
    return path


def ask(shelf: Shelf, role: str, row: Row, path: str):
    client = Client() if role == "stranger" else client_of(shelf.cast, NAMES[role])
    return client.get(path) if row.method == GET else client.post(path, {"key": uuid4().hex})


def test_every_address_of_the_pages_has_a_row() -> None:
    assert ADDRESSES.keys() == MATRIX.keys()


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_an_address_opens_for_those_it_is_for_and_for_nobody_else(cast: Cast, name: str) -> None:
    row, shelf = MATRIX[name], Shelf(cast)
    order_id = stage(shelf, row.goods)
    path = address(shelf, name, order_id)
    version = shelf.view(order_id).version
    for role in sorted(EVERYONE - row.who):
        answer = ask(shelf, role, row, path)
        if role == "stranger" and name != "parts":
            assert answer.status_code == 302, role
            assert answer.headers["Location"] == f"{SIGN_IN}{path}", role
        else:
            assert answer.status_code == 404, role
    assert shelf.view(order_id).version == version
    for role in sorted(row.who):
        assert ask(shelf, role, row, path).status_code in row.answers, role


@pytest.mark.parametrize("name", sorted(name for name, row in MATRIX.items() if row.method == POST))
def test_what_changes_something_never_answers_a_link(cast: Cast, name: str) -> None:
    shelf = Shelf(cast)
    path = address(shelf, name, stage(shelf, MATRIX[name].goods))
    assert client_of(cast, "buyer").get(path).status_code == 405


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_a_forged_form_of_another_site_changes_nothing(cast: Cast, name: str) -> None:
    shelf = Shelf(cast)
    order_id = stage(shelf, MATRIX[name].goods)
    path, version = address(shelf, name, order_id), shelf.view(order_id).version
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(cast, "buyer").cookies
    assert client.post(path, {"key": uuid4().hex}).status_code in (403, 404, 405)
    assert shelf.view(order_id).version == version


@pytest.mark.parametrize(
    "role", ["other_buyer", "seller", "other_seller", "reviewer", "operator", "stranger"]
)
def test_a_refund_form_sent_by_somebody_else_is_not_heard(cast: Cast, role: str) -> None:
    shelf = Shelf(cast)
    order_id = shelf.sealed()
    client = Client() if role == "stranger" else client_of(cast, NAMES[role])
    told = {"key": uuid4().hex, "reason": "no_reason", "amount": "", "text": ""}
    assert client.post(f"/orders/{order_id}/units/1/refund/", told).status_code in (302, 404)
    assert shelf.view(order_id).cases == ()


@pytest.mark.parametrize("role", ["owner", "other_buyer", "other_seller", "reviewer", "operator", "stranger"])
def test_a_delivery_sent_by_somebody_else_is_not_believed(cast: Cast, role: str) -> None:
    shelf = Shelf(cast)
    order_id = shelf.paid("member")
    client = Client() if role == "stranger" else client_of(cast, NAMES[role])
    path = f"/seller/orders/{order_id}/units/1/deliver/"
    assert client.post(path, {"key": uuid4().hex, "note": "已开通"}).status_code in (302, 404)
    assert shelf.view(order_id).units[0].done_at is None


def test_the_key_of_a_form_is_new_each_time_it_is_shown(cast: Cast) -> None:
    client, path = client_of(cast, "buyer"), f"/listings/{cast.listings['card']}/checkout/"
    assert hidden(page_of(client, path), "key") != hidden(page_of(client, path), "key")


def test_a_shop_never_sees_a_code_nor_who_the_buyer_is(cast: Cast) -> None:
    shelf = Shelf(cast)
    order_id = shelf.sealed("coupon")
    page = page_of(client_of(cast, "seller"), f"/seller/orders/{order_id}/")
    assert not any(code in page for code in cast.codes["coupon"])
    assert cast.people["buyer"].name not in page
    assert cast.people["buyer"].email not in page
