"""Deciders for the issuer's word beside a request: on sealed codes at delivery, and again for a person (S-112, R11).

At a request the answer decides (decide/dispute.py, decide/delivery.py). Here it is put on record; only what is new
moves anything, so that a person who has a case before them is not disturbed by the same answer twice.
"""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.ruling import rule_open_case
from tuidan.domain.delivery import Unit, allows_unit
from tuidan.domain.draft import Context, Draft

ASKABLE = frozenset({"delivered", "revealed"})


def ask_about_sealed(draft: Draft) -> None:
    """Have the issuer asked about the codes that were delivered just now; delivery never waits for it."""
    order = draft.order
    if order.issuer and any(unit.status == "delivered" for unit in order.units):
        draft.effect(effects.CHECK_SEALED)


def record_sealed(draft: Draft, command: c.RecordSealedAnswers, context: Context) -> None:
    """Keep what the issuer said of each code right after delivery, once.

    The raw answer about all of them lies beside the first event, which alone proves it.
    """
    for answer in command.answers:
        unit = draft.order.units[answer.unit - 1]
        if unit.status in ASKABLE and not unit.at_delivery:
            draft.add(
                e.IssuerAnswered(
                    unit.n,
                    "delivery",
                    answer.status,
                    answer.checked_at,
                    face_fen=answer.face_fen,
                    error=answer.error,
                    answer_sha256="" if draft.events else command.answer_sha256,
                    activated_at=answer.activated_at,
                )
            )


def record_review(draft: Draft, command: c.RecordIssuerCheck, context: Context) -> None:
    """The answer for a person: the same as before is only put on record; a new one counts, and may end the case."""
    unit = draft.order.units[command.unit - 1]
    activated_at = command.activated_at.isoformat() if command.activated_at else ""
    if command.status == "unknown" or _says_the_same(unit, command):
        draft.add(
            e.IssuerAnswered(
                unit.n,
                "review",
                command.status,
                command.checked_at,
                face_fen=command.face_fen,
                error=command.error,
                answer_sha256=command.answer_sha256,
                activated_at=activated_at,
            )
        )
        return
    draft.add(
        e.IssuerChecked(
            unit.n,
            command.status,
            activated_at,
            command.activated_by,
            "review",
            command.face_fen,
            command.checked_at,
            command.answer_sha256,
        )
    )
    rule_open_case(draft, unit.n, context)


def _says_the_same(unit: Unit, command: c.RecordIssuerCheck) -> bool:
    activated = int(command.activated_at.timestamp()) if command.activated_at else 0
    return (unit.issuer_status, unit.activated_at, unit.activated_by) == (
        command.status,
        activated,
        command.activated_by,
    ) and command.face_fen in (-1, unit.face_fen)


def keep_credit(draft: Draft, unit: Unit, command: c.RecordCredit) -> None:
    """Put on record that the issuer was asked about a top-up, and what it said; nothing moves by that."""
    if command.answer_sha256 and allows_unit(unit, "issuer_answered"):
        draft.add(
            e.IssuerAnswered(
                unit.n,
                command.purpose,
                command.status,
                command.checked_at,
                command.arrived_fen if command.status != "unknown" else -1,
                command.account,
                error=command.error,
                answer_sha256=command.answer_sha256,
                revocable=command.revocable,
            )
        )
