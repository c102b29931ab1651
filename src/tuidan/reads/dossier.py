"""The dossier of one order for whoever may see it: a party, a reviewer or an operator, each with what they may know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tuidan.domain.dispute import Case
from tuidan.domain.dossier.choice import demand_of, is_told
from tuidan.domain.dossier.law import articles
from tuidan.domain.dossier.record import (
    Amounts,
    Annex,
    Claim,
    Dossier,
    Fact,
    Goods,
    Item,
    LogProof,
    Party,
    Proposal,
)
from tuidan.domain.order import Order
from tuidan.reads.bundle import SHARED_WORDS
from tuidan.reads.log import proof_of
from tuidan.reads.viewer import Viewer
from tuidan.store import facts
from tuidan.store.books.load import load_book
from tuidan.store.orders.load import NoSuchOrder
from tuidan.store.orders.story import EventRecord, Story, load_story
from tuidan.store.orders.words import without_salt, words_of
from tuidan.store.people import find_person

READERS = ("buyer", "seller", "reviewer", "operator")


def read_dossier(order_id: UUID, viewer: Viewer, public_url: str = "", case: int = 0) -> Dossier | None:
    """The dossier as this person may have it, about request `case` (0: the open or last one).

    None for an unknown order, for a foreign one, for an appraiser, and for a request that is not there.
    """
    try:
        story = load_story(order_id)
    except NoSuchOrder:
        return None
    reader = reader_of(story.order, viewer)
    if not reader or (case and story.order.case(case) is None):
        return None
    return dossier_of(order_id, story, reader, public_url, case)


def dossier_as(order_id: UUID, reader: str, public_url: str = "", case: int = 0) -> Dossier | None:
    """The dossier as one of READERS would have it, for an operator's command line."""
    try:
        story = load_story(order_id)
    except NoSuchOrder:
        return None
    if case and story.order.case(case) is None:
        return None
    return dossier_of(order_id, story, reader, public_url, case)


def reader_of(order: Order, viewer: Viewer) -> str:
    """As whom somebody reads: a party first; "" for who has no part in it."""
    if viewer.is_buyer_of(order):
        return "buyer"
    if viewer.is_seller_of(order):
        return "seller"
    if viewer.is_reviewer:
        return "reviewer"
    return "operator" if viewer.is_operator else ""


def dossier_of(order_id: UUID, story: Story, reader: str, public_url: str = "", case: int = 0) -> Dossier:
    """The same from a story that is read already."""
    order = story.order
    paid = next((payment for payment in order.payments if payment.status == "captured"), None)
    claims = tuple(_claim(story, each) for each in order.cases)
    about = demand_of(order, (), case)
    rules = next((claim.rules for claim in claims if claim.n == about.case), ())
    captured = next((row for row in story.rows if row.kind == "payment_captured"), None)
    told = story.answers.get(paid.attempt, {}) if paid else {}
    return Dossier(
        order_id=str(order_id),
        reader=reader,
        version=order.version,
        head=order.head.hex(),
        as_of=story.rows[-1].at.astimezone(UTC),
        status=order.status,
        currency=order.currency,
        placed_at=datetime.fromtimestamp(order.placed_at, tz=UTC),
        paid_at=datetime.fromtimestamp(order.paid_at, tz=UTC) if order.paid_at else None,
        channel=paid.channel if paid else "",
        trade_no=str(captured.data.get("trade_no", "")) if captured else "",
        payer="" if reader == "seller" else str(told.get("payer", "")),
        parties=(_buyer(order, reader), _seller(order, story, reader)),
        goods=_goods(order, story),
        amounts=_amounts(order),
        demand=demand_of(order, rules, case),
        claims=claims,
        items=tuple(_items(story)),
        facts=tuple(_fact(story, row) for row in story.rows if is_told(row.kind)),
        laws=articles(rules, about.reason),
        annexes=tuple(_annexes(order, story)),
        proof=_log_proof(order_id),
        public_url=public_url,
    )


def _buyer(order: Order, reader: str) -> Party:
    """The buyer's name is the buyer's own and the platform's; a seller knows a number."""
    person = find_person(UUID(order.buyer)) if reader != "seller" else None
    if person is None:
        return Party("buyer", order.buyer, "", False)
    return Party("buyer", order.buyer, person.name, True, person.email)


def _seller(order: Order, story: Story, reader: str) -> Party:
    """The shop by its shown name; whether the platform can name who stands behind it, its book says (消法44)."""
    book, _ = load_book(UUID(order.seller))
    shop = str(story.snapshot["shop_name"])
    named = order.seller_type == "self_operated" or bool(book.named)
    return Party("seller", order.seller, shop, named, seller_type=order.seller_type)


def _goods(order: Order, story: Story) -> Goods:
    shown: Mapping[str, object] = story.snapshot
    placed = story.rows[0].data
    return Goods(
        kind=order.goods_kind,
        title=str(shown["title"]),
        spec=str(shown["spec"]),
        description=str(shown.get("description", "")),
        terms="\n".join(text for text in (str(shown["terms"]), str(shown.get("shop_terms", ""))) if text),
        quantity=len(order.units),
        delivery_mode=order.delivery_mode,
        account_label=str(shown["account_label"]),
        account=story.personal.get("account", ""),
        snapshot_sha256=str(placed["snapshot_sha256"]),
        policy_version=facts.gather(order).policy.name.version,
        policy_sha256=order.policy_sha256,
        no_reason_excluded_confirmed=order.no_reason_excluded_confirmed,
    )


def _amounts(order: Order) -> Amounts:
    totals = order.totals
    return Amounts(
        order.price_fen(),
        totals.received,
        totals.escrow,
        totals.released,
        totals.refunding,
        totals.refunded,
    )


def _claim(story: Story, case: Case) -> Claim:
    asked = story.opened[case.n]
    verdict = story.verdicts.get(case.n, {})
    ended = _last(story, ("refund_decided", "request_rejected", "case_settled"), case=case.n)
    said = verdict.get("policy_said") or verdict
    rules = said.get("rules", []) if isinstance(said, dict) else []
    hearing = story.order.hearing(case.n)
    return Claim(
        n=case.n,
        unit=case.unit,
        reason=case.reason,
        asked_fen=case.amount_fen or story.order.units[case.unit - 1].paid_fen,
        words=words_of(asked.kind, story.words.get(asked.n, "")),
        asked_at=asked.at,
        event=asked.n,
        status=case.status,
        verdict=verdict,
        decided_at=ended.at if ended else None,
        decided_event=ended.n if ended else 0,
        rules=tuple(map(str, rules)) if isinstance(rules, list) else (),
        answer=story.order.contact(case.unit).response,
        offers=tuple(_offers(story, case.n)),
        complaints=tuple(
            (str(row.data["where"]), str(row.data["number"]))
            for row in story.rows
            if row.kind == "complaint_linked" and row.data["case"] == case.n
        ),
        finding=hearing.finding if hearing else "",
    )


def _offers(story: Story, case: int) -> list[Proposal]:
    made = {row.data["offer"]: row for row in story.rows if row.kind == "offer_made"}
    return [
        Proposal(
            offer.n,
            offer.by,
            offer.kind,
            offer.amount_fen,
            without_salt(story.words.get(made[offer.n].n, "")),
            offer.status,
            made[offer.n].n,
        )
        for offer in story.order.offers
        if offer.case == case
    ]


def _items(story: Story) -> list[Item]:
    rows = {row.n: row for row in story.rows}
    found = []
    for exhibit in story.order.exhibits:
        row = rows[exhibit.filed]
        answered = _last(story, ("exhibit_answered",), exhibit=exhibit.n)
        found.append(
            Item(
                n=exhibit.n,
                case=exhibit.case,
                by=exhibit.by,
                type=exhibit.type,
                at=row.at,
                event=row.n,
                hash=row.hash,
                words=without_salt(story.words.get(row.n, "")),
                seen=tuple(
                    name
                    for name in ("has_order_no", "has_timestamp", "has_key_info")
                    if getattr(exhibit, name)
                ),
                answer=exhibit.answer,
                answer_words=without_salt(story.words.get(answered.n, "")) if answered else "",
                flag=exhibit.flag,
                files=tuple(_files(row, "files")),
            )
        )
    return found


def _fact(story: Story, row: EventRecord) -> Fact:
    proven = bool(row.data.get("text_sha256") or row.data.get("note_sha256"))
    words: str | None = ""
    if proven and row.kind in SHARED_WORDS:
        kept = story.words.get(row.n)
        words = words_of(row.kind, kept) if kept else None
    return Fact(row.n, row.at, row.kind, row.actor, row.data, words, row.hash)


def _files(row: EventRecord, name: str) -> list[str]:
    """The SHA-256 of an exhibit's files: `files` as they came, `cleaned` as others see them."""
    told = row.data.get(name)
    return [str(sha256) for sha256 in told if sha256] if isinstance(told, list) else []


def _annexes(order: Order, story: Story) -> list[Annex]:
    """What of the bundle stands beside the events themselves, as the events name it."""
    placed = story.rows[0].data
    filed = [row for row in story.rows if row.kind == "exhibit_filed"]
    files = [sha256 for row in filed for name in ("cleaned", "files") for sha256 in _files(row, name)]
    return [
        Annex("listing.json", str(placed["snapshot_sha256"])),
        Annex(f"policy/{order.policy_sha256}.json", order.policy_sha256),
        *(Annex(f"evidence/{sha256}", sha256) for sha256 in dict.fromkeys(files)),
    ]


def _log_proof(order_id: UUID) -> LogProof | None:
    found = proof_of(order_id)
    return LogProof(found.n, found.index, found.size) if found else None


def _last(story: Story, kinds: tuple[str, ...], **named: object) -> EventRecord | None:
    for row in reversed(story.rows):
        if row.kind in kinds and all(row.data.get(name) == value for name, value in named.items()):
            return row
    return None


@dataclass(frozen=True, slots=True)
class Written:
    """A dossier in words: the laid-out document (blocks of text), and the short complaint to paste."""

    document: dict[str, object]
    complaint: str


Writer = Callable[[Dossier, str], Written]
_writer: list[Writer] = []


def write_with(writer: Writer) -> None:
    """Say who puts a dossier into words; sentences are the pages' own (`site/boot.py` puts them together)."""
    _writer[:] = [writer]


def written(dossier: Dossier, language: str) -> Written:
    """The dossier in `zh` or `en`."""
    return _writer[0](dossier, language)
