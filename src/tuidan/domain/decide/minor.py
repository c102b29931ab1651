"""A reviewer's finding about the buyer's age, and the decision that follows from it (R16)."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.ruling import rule
from tuidan.domain.draft import Context, Draft, Refused

AGE_MAX = 120
# The court's own range for a family that let it happen (民法典157); 0 where it bears no fault.
SHARES_PERCENT = (30, 70)


def record_finding(draft: Draft, command: c.RecordMinorFinding, context: Context) -> None:
    """Freeze what a person found on the proofs, then let the policy decide the case on it."""
    case = draft.order.case(command.case)
    if case is None:
        raise Refused("no_such_case", case=command.case)
    if not case.is_open():
        raise Refused("case_closed", case=command.case)
    low, high = SHARES_PERCENT
    share = command.guardian_share_percent
    if not -1 <= command.age <= AGE_MAX or not (share == 0 or low <= share <= high):
        raise Refused("finding_unknown", shares=[0, low, high])
    draft.add(
        e.MinorFound(
            command.is_minor,
            command.age,
            command.own_income,
            command.face_verified,
            command.ratified,
            share,
            command.text_sha256,
        )
    )
    rule(draft, case, context)
