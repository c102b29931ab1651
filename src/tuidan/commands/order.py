"""Place an order, confirm receipt, and what timers ask of the order itself."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import orjson

from tuidan.commands.runner import Outcome, TooBusy, envelop, input_sha256, run
from tuidan.commands.service_switch import is_off
from tuidan.commands.service_terms import service_of
from tuidan.domain import commands as c
from tuidan.domain.decide import decide
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.evidence import canonical_bytes, sha256_hex
from tuidan.domain.facts import Outside
from tuidan.domain.membership import MembershipTerms
from tuidan.domain.order import Order
from tuidan.domain.policy import CompiledPolicy
from tuidan.domain.refusals import Refusal
from tuidan.domain.service import SWITCHED_TYPES
from tuidan.store import catalog, people, policies
from tuidan.store.books.coupons import CouponRecord, find_coupon, use_coupon
from tuidan.store.ids import new_id
from tuidan.store.orders.append import Placing, append, prepare
from tuidan.store.orders.load import NoSuchOrder, load_answer, load_order
from tuidan.store.orders.unique import claim_placing_key


@dataclass(frozen=True, slots=True)
class Basket:
    """What the buyer confirmed: the listing, how many, for which account, and the two ticks (never pre-ticked)."""

    listing_id: UUID
    quantity: int
    account: str = ""
    own_account: bool = True
    no_reason_excluded_confirmed: bool = False
    seen_price_fen: int = 0
    declared_adult: bool = False
    auto_renew: bool = False
    coupon_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Renews:
    """The earlier order of a membership whose next term is ordered: to which day it runs, and the offer's terms."""

    order_id: UUID
    after: date
    noticed_days: int
    price_fen: int
    expires_seconds: int


def place_order(
    buyer_id: UUID, basket: Basket, key: str, now: datetime, renews: Renews | None = None
) -> Outcome:
    """Place an order; the buyer's key yields the order's id, so asking twice places once.

    A refusal is remembered under the key like an order, and has version 0. Raises NoPolicy, OutcomeUnknown.
    """
    actor = c.Actor("buyer", str(buyer_id))
    digest = hashlib.sha256(repr((buyer_id, basket)).encode()).digest()
    order = Order()
    tried = _try(buyer_id, basket, actor, order, now, renews)
    refused = _write_refusal(tried) if isinstance(tried, Refusal) else None
    claim = claim_placing_key(buyer_id, key, new_id(now), digest, now, refused)
    order_id = claim.order_id
    if claim.input_sha256 != digest:
        return Outcome(order_id, [], Refusal("key_used_for_other_input"), 0)
    if claim.refusal is not None:
        return Outcome(order_id, [], Refusal(**orjson.loads(claim.refusal)), 0)
    earlier = _placed_before(order_id, key)
    if earlier is not None:
        return earlier
    if isinstance(tried, Refusal):
        return Outcome(order_id, [], tried, 0)
    command, placing, draft = tried
    if basket.coupon_id is not None and not use_coupon(buyer_id, basket.coupon_id, order_id):
        return Outcome(order_id, [], Refusal("coupon_not_usable"), 0)
    envelope = c.Envelope(command, actor, f"buyer:{key}", input_sha256(order_id, command, actor), now)
    batch = prepare(order_id, 0, draft, envelope, placing=placing)
    if append(batch):
        return Outcome(order_id, draft.events, None, order.version)
    earlier = _placed_before(order_id, key)
    if earlier is None:
        raise TooBusy(str(order_id))
    return earlier


def _write_refusal(refusal: Refusal) -> str:
    return orjson.dumps({"code": refusal.code, "data": refusal.data}).decode()


def _try(
    buyer_id: UUID, basket: Basket, actor: c.Actor, order: Order, now: datetime, renews: Renews | None
) -> tuple[c.PlaceOrder, Placing, Draft] | Refusal:
    """Decide the basket as it stands now: nothing is written."""
    listing = catalog.find_listing(basket.listing_id)
    if listing is None or not listing.on_sale:
        return Refusal("listing_not_on_sale")
    if basket.seen_price_fen not in (0, renews.price_fen if renews else listing.price_fen):
        return Refusal("price_changed", {"price_fen": listing.price_fen})
    account = basket.account.strip()
    if account and listing.account_pattern and not re.fullmatch(listing.account_pattern, account):
        return Refusal("account_malformed")
    policy = policies.policy_in_force(now)
    command, placing = _command(buyer_id, basket, listing, policy, renews)
    if basket.coupon_id is not None:
        coupon = _coupon(buyer_id, basket, listing, command.terms.price_fen, now)
        if coupon is None:
            return Refusal("coupon_not_usable")
        command = replace(command, coupon_id=str(coupon.coupon_id), coupon_fen=coupon.amount_fen)
    outside = Outside()
    if command.terms.service is not None and command.terms.service.type in SWITCHED_TYPES:
        if is_off(command.terms.service.type):
            return Refusal("kind_switched_off")
        outside = Outside(is_minor=people.is_minor(buyer_id))
    try:
        draft = decide(order, command, actor, Context(policy, policies.calendar(), outside), now)
    except Refused as refused:
        return refused.refusal
    return command, placing, draft


def _coupon(
    buyer_id: UUID, basket: Basket, listing: catalog.ListingRecord, price_fen: int, now: datetime
) -> CouponRecord | None:
    """The buyer's coupon, where it is for this shop and price and not over; who uses it is claimed later."""
    assert basket.coupon_id is not None, "only asked for with a coupon"
    coupon = find_coupon(buyer_id, basket.coupon_id)
    fits = coupon is not None and coupon.shop_id == listing.shop_id and coupon.expires_at > now
    return coupon if coupon and fits and price_fen * basket.quantity >= coupon.min_fen else None


def _placed_before(order_id: UUID, key: str) -> Outcome | None:
    try:
        order, seen = load_order(order_id, f"buyer:{key}")
    except NoSuchOrder:
        return None
    events = load_answer(order_id, seen) if seen else []
    return Outcome(order_id, events, None, order.version, again=True)


def _command(
    buyer_id: UUID,
    basket: Basket,
    listing: catalog.ListingRecord,
    policy: CompiledPolicy,
    renews: Renews | None,
) -> tuple[c.PlaceOrder, Placing]:
    service = service_of(listing.service) if listing.goods_kind == "service" else None
    price_fen = renews.price_fen if renews else listing.price_fen
    terms = c.Terms(
        buyer_id=str(buyer_id),
        seller_id=str(listing.shop_id),
        listing_id=str(listing.id),
        seller_type=listing.seller_type,
        goods_kind=listing.goods_kind,
        delivery_mode=listing.delivery_mode,
        settlement=listing.settlement,
        currency=listing.currency,
        price_fen=price_fen,
        face_fen=listing.face_fen,
        stock_kind=listing.stock_kind,
        supplier=listing.supplier,
        issuer=listing.issuer,
        promised_seconds=listing.promised_seconds or _usual_promise(listing, policy),
        hold_seconds=policy.numbers.hold_seconds[listing.goods_kind],
        expires_seconds=renews.expires_seconds if renews else policy.numbers.payment_expiry_seconds,
        duration_days=listing.duration_days,
        usual_promise=not listing.promised_seconds,
        service=service.terms if service else None,
        membership=_membership(basket, listing, renews) if listing.goods_kind == "membership" else None,
    )
    body = canonical_bytes(
        {
            "title": listing.title,
            "title_en": listing.title_en,
            "spec": listing.spec,
            "description": listing.description,
            "shop_name": listing.shop_name,
            "terms": listing.terms,
            "shop_terms": listing.shop_terms,
            "supplier_goods_no": listing.supplier_goods_no,
            "account_label": listing.account_label,
            "no_reason_excluded": listing.no_reason_excluded,
            "price_fen": price_fen,
            "quantity": basket.quantity,
            **({"service": service.to_snapshot()} if service else {}),
            **({"code_format": listing.code_format} if listing.code_format else {}),
        }
    )
    account = basket.account.strip()
    salt = os.urandom(16).hex()
    command = c.PlaceOrder(
        terms=terms,
        quantity=basket.quantity,
        no_reason_excluded_confirmed=basket.no_reason_excluded_confirmed,
        own_account=basket.own_account,
        account_proof=sha256_hex(f"{salt}:{account}".encode()) if account else "",
        policy_sha256=policy.sha256,
        snapshot_sha256=sha256_hex(body),
        declared_adult=basket.declared_adult,
    )
    return command, Placing(body, {"account": account, "salt": salt})


def _membership(basket: Basket, listing: catalog.ListingRecord, renews: Renews | None) -> MembershipTerms:
    return MembershipTerms(
        days=listing.duration_days,
        months=listing.plan_months,
        auto_renew=basket.auto_renew and listing.renewable,
        renewal_of=str(renews.order_id) if renews else "",
        after=renews.after.isoformat() if renews else "",
        noticed_days=renews.noticed_days if renews else -1,
    )


def _usual_promise(listing: catalog.ListingRecord, policy: CompiledPolicy) -> int:
    """The promise that the policy makes where the listing makes none (R1)."""
    numbers = policy.numbers
    return numbers.auto_promise_seconds if listing.delivery_mode == "auto" else numbers.manual_promise_seconds


def confirm_receipt(order_id: UUID, buyer_id: UUID, key: str, now: datetime) -> Outcome:
    """The buyer is content: the escrow goes to the seller. Defects can still be claimed (S-035)."""
    actor = c.Actor("buyer", str(buyer_id))
    return run(order_id, envelop(order_id, c.ConfirmReceipt(), actor, key, now))


TIMER_COMMANDS: dict[str, type[c.ExpireOrder | c.ReleaseEscrow | c.PassPromise | c.NoticeRenewal]] = {
    "renewal": c.NoticeRenewal,
    "expire": c.ExpireOrder,
    "release": c.ReleaseEscrow,
    "promise": c.PassPromise,
}
# Those that are about one case or unit.
AIMED_TIMER_COMMANDS: dict[str, Callable[[int], c.Command]] = {
    "check_overdue": c.GiveUpCheck,
    "contact_silent": c.RecordSilence,
    "case_due": c.PassCaseDeadline,
    "case_alarm": c.NoteLegalLimit,
    "offer_due": c.ExpireOffer,
    "progress_answer": c.PassAnswer,
}


def fire_timer(order_id: UUID, timer_n: int, kind: str, target: int, now: datetime) -> Outcome:
    """A timer of the order came due: ask the order what there is to do; the timer goes with the same append."""
    aimed = AIMED_TIMER_COMMANDS.get(kind)
    command: c.Command = aimed(target) if aimed else TIMER_COMMANDS[kind]()
    envelope = envelop(order_id, command, c.Actor("timer"), f"{kind}:{timer_n}", now, done_timers=(timer_n,))
    return run(order_id, envelope)
