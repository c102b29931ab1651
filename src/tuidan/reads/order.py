"""One order with its story, from its own rows only: no board is read for an answer (S16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tuidan.domain.decide.delivery import promised_until
from tuidan.domain.delivery import Unit
from tuidan.domain.dispute import REASONS
from tuidan.domain.order import Order
from tuidan.domain.service import ANSWER_SECONDS
from tuidan.reads.answer import answers_by_reason, instant_window_end, standing_answer
from tuidan.reads.channel_dispute import channel_disputes, channel_settlement
from tuidan.reads.membership import show_plan, show_renewal
from tuidan.reads.records import (
    CaseView,
    DeadlineView,
    OrderView,
    RefundView,
    StandingAnswer,
    TimelineRow,
    UnitView,
)
from tuidan.reads.service import show_work
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store import facts
from tuidan.store.orders.load import NoSuchOrder, load_order
from tuidan.store.orders.story import EventRecord, Story, load_story
from tuidan.store.orders.words import without_salt


def read_order(order_id: UUID, viewer: Viewer, now: datetime) -> OrderView | None:
    """The order as this person may see it; None when there is no such order or it is none of theirs."""
    try:
        story = load_story(order_id)
    except NoSuchOrder:
        return None
    if not viewer.may_see(story.order):
        return None
    return _view(order_id, story, now)


def order_now(order_id: UUID) -> Order | None:
    """The order's state as it stands, for an operator's command line; None when there is no such order."""
    try:
        return load_order(order_id)[0]
    except NoSuchOrder:
        return None


def previews(order_id: UUID, unit: int, viewer: Viewer, now: datetime) -> list[StandingAnswer]:
    """What a request for each reason would bring for a unit; none for a stranger, or where nothing can be asked."""
    order = visible_order(order_id, viewer)
    if order is None or not order.paid_at or not 1 <= unit <= len(order.units):
        return []
    return answers_by_reason(order, unit, now)


def _view(order_id: UUID, story: Story, now: datetime) -> OrderView:
    order, shown = story.order, story.snapshot
    context = facts.gather(order)
    paid = next((p for p in order.payments if p.status == "captured"), None)
    return OrderView(
        order_id=order_id,
        version=order.version,
        status=order.status,
        goods_kind=order.goods_kind,
        seller_type=order.seller_type,
        delivery_mode=order.delivery_mode,
        settlement=order.settlement,
        currency=order.currency,
        buyer_id=UUID(order.buyer),
        seller_id=UUID(order.seller),
        listing_id=UUID(order.listing),
        shop_name=str(shown["shop_name"]),
        title=str(shown["title"]),
        title_en=str(shown["title_en"]),
        spec=str(shown["spec"]),
        terms=str(shown["terms"]),
        shop_terms=str(shown.get("shop_terms", "")),
        account=story.personal.get("account", ""),
        account_label=str(shown["account_label"]),
        price_fen=order.price_fen(),
        escrow_fen=order.totals.escrow,
        refunding_fen=order.totals.refunding,
        refunded_fen=order.totals.refunded,
        placed_at=_moment(order.placed_at) or now,
        paid_at=_moment(order.paid_at),
        payer=str(story.answers.get(paid.attempt, {}).get("payer", "")) if paid else "",
        channel=paid.channel if paid else "",
        policy_sha256=order.policy_sha256,
        policy_version=context.policy.name.version,
        can_pay=order.status == "awaiting_payment" and now.timestamp() <= order.expires_at,
        can_confirm=_can_confirm(order),
        units=tuple(_unit(order, unit, story, now) for unit in order.units),
        cases=tuple(_cases(order, story)),
        refunds=tuple(_refunds(order, story)),
        deadlines=tuple(_deadlines(order, now)),
        timeline=tuple(
            TimelineRow(row.n, row.kind, row.at, row.actor, row.data, row.hash) for row in story.rows
        ),
        channel_disputes=channel_disputes(order, story.words),
        channel_settlement=channel_settlement(order),
        renewal=show_renewal(order, story, now),
    )


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds else None


def _can_confirm(order: Order) -> bool:
    done = any(unit.done_at for unit in order.units)
    free = not order.channel_dispute_open() and not any(case.is_open() for case in order.cases)
    return order.status == "paid" and done and free


def _unit(order: Order, unit: Unit, story: Story, now: datetime) -> UnitView:
    live = order.status in ("paid", "released")
    can_request = live and unit.left_fen() > 0 and order.open_case_of(unit.n) is None
    shows = order.goods_kind == "card_code" and unit.status in ("delivered", "revealed")
    return UnitView(
        n=unit.n,
        status=unit.status,
        paid_fen=unit.paid_fen,
        refund_fen=unit.refund_fen,
        tail=story.tails.get(unit.n, ""),
        revealed_at=_moment(unit.revealed_at),
        done_at=_moment(unit.done_at),
        arrived_fen=unit.arrived_fen if unit.arrived_fen >= 0 else None,
        can_show=shows and (not unit.refund_fen or unit.revealed_at > 0),
        can_request=can_request,
        reasons=REASONS[order.goods_kind] if can_request else (),
        answer=standing_answer(order, unit.n, now) if order.paid_at else None,
        note=_note(unit.n, story),
        progress_percent=unit.progress_percent if unit.status == "in_progress" else 0,
        work=show_work(order, unit, story, now),
        plan=show_plan(order, unit, story, now),
        masked_at=_moment(unit.masked_at),
        reveal_errors=unit.reveal_errors,
        at_delivery=unit.at_delivery,
        code_id=story.codes.get(unit.n, ""),
    )


def _note(unit: int, story: Story) -> str:
    """What the seller last wrote when handing this unit over, or about how far the work is."""
    told = [
        row.n
        for row in story.rows
        if row.kind in ("unit_delivered", "unit_started")
        and row.data.get("unit") == unit
        and "note_sha256" in row.data
    ]
    return next((story.words[n] for n in reversed(told) if n in story.words), "")


def _cases(order: Order, story: Story) -> list[CaseView]:
    found = []
    for case in order.cases:
        opened = story.opened.get(case.n)
        found.append(
            CaseView(
                n=case.n,
                unit=case.unit,
                reason=case.reason,
                words=without_salt(story.words.get(opened.n, "")) if opened else "",
                amount_fen=case.amount_fen or order.units[case.unit - 1].paid_fen,
                status=case.status,
                route=case.route,
                due_at=datetime.fromisoformat(case.due_at) if case.due_at else None,
                opened_at=opened.at if opened else None,
                verdict=story.verdicts.get(case.n, {}),
            )
        )
    return found


def _refunds(order: Order, story: Story) -> list[RefundView]:
    found = []
    for refund in order.refunds:
        steps = story.refund_steps.get(refund.n, {})
        by_bank = any(payout.refund == refund.n for payout in order.payouts)
        arrived = _paid_by_bank(refund.n, story) if by_bank else steps.get("refund_succeeded")
        answer = story.answers.get(refund.attempt, {})
        channel = next((p.channel for p in order.payments if p.attempt == refund.payment), "")
        found.append(
            RefundView(
                n=refund.n,
                unit=refund.unit,
                amount_fen=refund.amount_fen,
                status=refund.status,
                due_at=datetime.fromisoformat(refund.due_at) if refund.due_at else None,
                channel=channel,
                channel_refund_no=str(arrived.data.get("channel_refund_no", "")) if arrived else "",
                destination=str(answer.get("destination", "")),
                decided_at=_at(steps.get("refund_decided")),
                sent_at=_at(steps.get("refund_attempted")),
                arrived_at=_at(arrived),
                by_bank=by_bank,
            )
        )
    return found


def _paid_by_bank(refund: int, story: Story) -> EventRecord | None:
    return next(
        (row for row in story.rows if row.kind == "payout_confirmed" and row.data.get("refund") == refund),
        None,
    )


def _at(row: EventRecord | None) -> datetime | None:
    return row.at if row else None


def _deadlines(order: Order, now: datetime) -> list[DeadlineView]:
    found = []
    if order.status == "awaiting_payment":
        found.append(("pay", order.expires_at, 0))
    if order.status == "paid":
        window = instant_window_end(order)
        if window:
            found.append(("instant_window", window, 0))
        waits = [unit.n for unit in order.units if not unit.done_at]
        if order.promised_seconds and waits:
            found.append(("promise", min(promised_until(order, n) for n in waits), 0))
        found += [
            ("progress", each.reported_at + ANSWER_SECONDS, each.unit)
            for each in order.milestones
            if each.status == "reported" and not order.units[each.unit - 1].refund_fen
        ]
        if all(unit.done_at for unit in order.units):
            found.append(("release", max(u.done_at for u in order.units) + order.hold_seconds, 0))
    views = [DeadlineView(what, datetime.fromtimestamp(at, tz=UTC), n) for what, at, n in found]
    views += [
        DeadlineView("case", datetime.fromisoformat(case.due_at), case.n)
        for case in order.cases
        if case.is_open() and case.due_at
    ]
    return sorted((view for view in views if view.at >= now - timedelta(days=30)), key=lambda view: view.at)
