"""The work of one unit of a service, ready to show: terms, milestones with their proofs, the clock, what is allowed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tuidan.domain.delivery import Unit
from tuidan.domain.facts_service import due_at, unit_progress
from tuidan.domain.order import Order, seconds
from tuidan.domain.service import ANSWER_SECONDS, Milestone, milestones_of, work_of
from tuidan.domain.service_actions import work_actions
from tuidan.store.orders.story import EventRecord, Story


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """One milestone: `share` basis points of the price, `claimed` and `agreed` percent of it, the last proof.

    `own_percent` and `objection` are what a buyer who disputes says; `how` is buyer or silence once it is agreed;
    `answer_until` is when silence agrees; `event` is the report's number in the chain.
    """

    place: int
    name: str
    name_en: str
    share: int
    status: str
    claimed: int
    agreed: int
    reported_at: datetime | None
    answer_until: datetime | None
    note: str
    link: str
    event: int
    own_percent: int | None
    objection: str
    how: str


@dataclass(frozen=True, slots=True)
class WorkView:
    """The work of a unit. Amounts fen, times UTC; `progress_percent` None: the two sides disagree."""

    type: str
    started_at: datetime | None
    due_at: datetime | None
    accepted_at: datetime | None
    stopped_by: str
    stop_note: str
    progress_percent: int | None
    progress_agreed: bool
    efficiency_deposit_fen: int
    safety_deposit_fen: int
    minutes_total: int
    minutes_used: int
    clock_since: datetime | None
    taken_back: bool
    milestones: tuple[MilestoneView, ...]
    buyer_may: tuple[str, ...]
    seller_may: tuple[str, ...]


def moment_of(at: int) -> datetime | None:
    """Seconds since 1970 as a moment; None for 0."""
    return datetime.fromtimestamp(at, tz=UTC) if at else None


def show_work(order: Order, unit: Unit, story: Story, now: datetime) -> WorkView | None:
    """None where the unit is no work, or was ordered before services had terms."""
    work = work_of(order.works, unit.n)
    if work is None:
        return None
    moment = seconds(now)
    progress = unit_progress(order, unit, moment)
    stopped = _last(story, "work_stopped", unit.n)
    return WorkView(
        type=work.type,
        started_at=moment_of(work.started_at),
        due_at=moment_of(due_at(order, unit)),
        accepted_at=moment_of(work.accepted_at),
        stopped_by=work.stopped_by,
        stop_note=story.words.get(stopped.n, "") if stopped else "",
        progress_percent=progress.percent if progress else None,
        progress_agreed=progress.agreed if progress else False,
        efficiency_deposit_fen=work.efficiency_fen,
        safety_deposit_fen=work.safety_fen,
        minutes_total=work.minutes_total,
        minutes_used=work.minutes_at(moment),
        clock_since=moment_of(work.clock_at),
        taken_back=work.taken_back,
        milestones=tuple(_milestone(each, story) for each in milestones_of(order.milestones, unit.n)),
        buyer_may=work_actions(order, unit, "buyer"),
        seller_may=work_actions(order, unit, "seller"),
    )


def _last(story: Story, kind: str, unit: int, milestone: int = 0) -> EventRecord | None:
    """The latest event of a kind about a unit, and about one of its milestones where one is named."""
    for row in reversed(story.rows):
        fits = row.kind == kind and row.data.get("unit") == unit
        if fits and milestone in (0, row.data.get("milestone")):
            return row
    return None


def _milestone(milestone: Milestone, story: Story) -> MilestoneView:
    unit, place = milestone.unit, milestone.place
    report = _last(story, "progress_reported", unit, place)
    dispute = _last(story, "progress_disputed", unit, place) if milestone.status == "disputed" else None
    agreed = _last(story, "progress_accepted", unit, place) if milestone.status == "accepted" else None
    reported_at = moment_of(milestone.reported_at)
    waits = milestone.status == "reported" and reported_at is not None
    named = _named(story, place)
    note, link = _proof(report, story)
    return MilestoneView(
        place=place,
        name=str(named.get("name", "")),
        name_en=str(named.get("name_en", "")),
        share=milestone.share,
        status=milestone.status,
        claimed=milestone.claimed,
        agreed=milestone.agreed,
        reported_at=reported_at,
        answer_until=reported_at + timedelta(seconds=ANSWER_SECONDS) if waits and reported_at else None,
        note=note,
        link=link,
        event=report.n if report else 0,
        own_percent=int(str(dispute.data["own_percent"])) if dispute else None,
        objection=story.words.get(dispute.n, "") if dispute else "",
        how=str(agreed.data["how"]) if agreed else "",
    )


def _named(story: Story, place: int) -> dict[str, object]:
    told = story.snapshot.get("service")
    names = told.get("milestones") if isinstance(told, dict) else None
    return names[place - 1] if isinstance(names, list) and place <= len(names) else {}


def _proof(report: EventRecord | None, story: Story) -> tuple[str, str]:
    """The words of a report and its link, which is the last line when the event holds that line's hash."""
    if report is None:
        return "", ""
    words = story.words.get(report.n, "")
    note, _, last = words.rpartition("\n")
    if hashlib.sha256(last.encode()).hexdigest() == report.data.get("link_sha256"):
        return note, last
    return words, ""
