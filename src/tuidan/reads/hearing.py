"""One case as one party sees it: its stage, who must act until when and what happens otherwise, and what may be done.

Pages and API show the same record; the list of actions is the one that the deciders themselves ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tuidan.domain.calendar import china_day
from tuidan.domain.decide.stage import may
from tuidan.domain.dispute import Case, Exhibit, Offer
from tuidan.domain.dispute.actions import appeal_until
from tuidan.domain.dispute.checklist import Needed, checklist
from tuidan.domain.dispute.duties import duty_of
from tuidan.domain.order import Order
from tuidan.domain.reading.order_number import folded
from tuidan.reads.proof import with_proofs
from tuidan.reads.viewer import Viewer
from tuidan.store import facts
from tuidan.store.orders.story import Story, load_story
from tuidan.store.orders.words import without_salt


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """One exhibit with the words that came with it, and what the other side said."""

    n: int
    by: str
    type: str
    has_order_no: bool
    has_timestamp: bool
    has_key_info: bool
    words: str
    filed_at: datetime
    answer: str
    answer_words: str
    flag: str
    read: tuple[
        str, ...
    ] = ()  # what the platform read: the states of the three elements, then what contradicts
    code_tail: str = ""  # the tail that the party gave: fits, other, or "" where none was given or is known


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer; `yes` names who accepted already."""

    n: int
    by: str
    kind: str
    amount_fen: int
    words: str
    status: str
    yes: tuple[str, ...]
    until: datetime
    remedy_until: datetime | None


@dataclass(frozen=True, slots=True)
class HearingView:
    """A case as one party sees it: `who` must act until `due_at`, else `then`; `actions` are the party's."""

    order_id: UUID
    version: int
    case: int
    unit: int
    reason: str
    status: str
    party: str
    who: str
    then: str
    due_at: datetime | None
    late: bool
    actions: tuple[str, ...]
    asked_of: str
    types: tuple[str, ...]
    response: str
    offered_fen: int
    asked_at: datetime | None
    responded_at: datetime | None
    exhibits: tuple[ExhibitView, ...]
    offers: tuple[OfferView, ...]
    checklist: tuple[Needed, ...]
    appraiser: str
    accepted: bool
    finding: str
    finding_percent: int
    finding_words: str
    appealed_by: str
    appeal_words: str
    appeal_until: datetime | None
    decided_by: str
    frozen: bool
    provisional: bool
    fee_fen: int
    fee_borne_by: str
    left_fen: int


def load_hearing(order_id: UUID, n: int, party: str, now: datetime) -> HearingView | None:
    """The case n of an order as this party sees it; None when there is no such case. Raises NoSuchOrder."""
    return hearing_of(order_id, load_story(order_id), n, party, now)


def hearing_of(order_id: UUID, story: Story, n: int, party: str, now: datetime) -> HearingView | None:
    """The same, from a story that is read already."""
    order = story.order
    case = order.case(n)
    if case is None:
        return None
    context = facts.gather(order)
    hearing, contact = order.hearing(n), order.contact(case.unit)
    late = hearing is not None and hearing.late
    duty = duty_of(case.status, hearing.asked_of if hearing else "", late)
    ends = appeal_until(case, context.policy.numbers.appeal_days)
    due_at = _time(case.due_at) if case.is_open() else ends
    return HearingView(
        order_id=order_id,
        version=order.version,
        case=n,
        unit=case.unit,
        reason=case.reason,
        status=case.status,
        party=party,
        who=duty.who if duty else "",
        then=duty.then if duty else "",
        due_at=due_at,
        late=late,
        actions=may(order, case, party, now, context),
        asked_of=hearing.asked_of if hearing else "",
        types=_types(story, n),
        response=contact.response,
        offered_fen=contact.offered_fen,
        asked_at=_moment(contact.asked_at),
        responded_at=_moment(contact.responded_at),
        exhibits=tuple(_exhibits(story, case)),
        offers=tuple(_offers(story, case)),
        checklist=with_proofs(checklist(order, case, context.policy.evidence_roles), story, case),
        appraiser=hearing.appraiser if hearing else "",
        accepted=bool(hearing and hearing.accepted),
        finding=hearing.finding if hearing else "",
        finding_percent=hearing.finding_percent if hearing else -1,
        finding_words=_words_of(story, "appraisal_reported", case=n),
        appealed_by=hearing.appealed_by if hearing else "",
        appeal_words=_words_of(story, "appeal_filed", case=n),
        appeal_until=ends,
        decided_by=hearing.decided_by if hearing else "",
        frozen=case.status == "frozen",
        provisional=due_at is not None and context.calendar.is_provisional(china_day(due_at)),
        fee_fen=int(str(_report(story, n).get("fee_fen", 0))),
        fee_borne_by=str(_report(story, n).get("fee_borne_by", "")),
        left_fen=order.units[case.unit - 1].left_fen(),
    )


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds else None


def _words_of(story: Story, kind: str, **named: object) -> str:
    """The words of the last event of a kind that has these values."""
    for row in reversed(story.rows):
        if row.kind == kind and all(row.data.get(name) == value for name, value in named.items()):
            return without_salt(story.words.get(row.n, ""))
    return ""


def _report(story: Story, case: int) -> dict[str, object]:
    """The data of the last appraisal of a case."""
    found = [
        row.data for row in story.rows if row.kind == "appraisal_reported" and row.data.get("case") == case
    ]
    return found[-1] if found else {}


def _types(story: Story, case: int) -> tuple[str, ...]:
    """The kinds of evidence that a reviewer last asked for."""
    for row in reversed(story.rows):
        if row.kind == "case_opened" and row.data.get("case") == case:
            types = row.data.get("types")
            return tuple(map(str, types)) if isinstance(types, list) else ()
    return ()


def _exhibits(story: Story, case: Case) -> list[ExhibitView]:
    filed = {row.n: row for row in story.rows if row.kind == "exhibit_filed"}
    return [_exhibit(story, shown, filed[shown.filed].at) for shown in story.order.exhibits_of(case.n)]


def _exhibit(story: Story, shown: Exhibit, filed_at: datetime) -> ExhibitView:
    return ExhibitView(
        n=shown.n,
        by=shown.by,
        type=shown.type,
        has_order_no=shown.has_order_no,
        has_timestamp=shown.has_timestamp,
        has_key_info=shown.has_key_info,
        words=without_salt(story.words.get(shown.filed, "")),
        filed_at=filed_at,
        answer=shown.answer,
        answer_words=_words_of(story, "exhibit_answered", exhibit=shown.n),
        flag=shown.flag,
        read=tuple(shown.read.split()),
        code_tail=_tail_told(story, shown.filed),
    )


def _tail_told(story: Story, filed: int) -> str:
    """Whether the tail of the code that came with an exhibit is one of this order's."""
    given = next((str(row.data.get("code_tail", "")) for row in story.rows if row.n == filed), "")
    known = [folded(tail) for tail in story.tails.values() if tail]
    if not given or not known:
        return ""
    return "fits" if folded(given).endswith(tuple(known)) else "other"


def _offers(story: Story, case: Case) -> list[OfferView]:
    return [_offer(story, offer) for offer in story.order.offers if offer.case == case.n]


def _offer(story: Story, offer: Offer) -> OfferView:
    return OfferView(
        n=offer.n,
        by=offer.by,
        kind=offer.kind,
        amount_fen=offer.amount_fen,
        words=_words_of(story, "offer_made", offer=offer.n),
        status=offer.status,
        yes=tuple(offer.yes.split()),
        until=datetime.fromtimestamp(offer.until, tz=UTC),
        remedy_until=_moment(offer.remedy_until),
    )


def party_before(order: Order, case: int, viewer: Viewer) -> str:
    """On which side of a case somebody stands who may see the order: a party is never its judge."""
    if viewer.is_buyer_of(order):
        return "buyer"
    if viewer.is_seller_of(order):
        return "seller"
    hearing = order.hearing(case)
    if viewer.is_appraiser and hearing is not None and hearing.appraiser == str(viewer.person_id):
        return "appraiser"
    return "reviewer" if viewer.is_reviewer else "operator"
