"""Who must act in each state of a case, by which deadline of the policy, and what happens when nobody does.

`then` names the default that the timer carries out (decide/duty.py); the pages say it in the party's own words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duty:
    """`who` is waited for, `deadline` names the span in the policy, `then` the stated default."""

    who: str
    deadline: str
    then: str


DUTIES: dict[str, Duty] = {
    "checking": Duty("machine", "", "decided_without"),
    "contact": Duty("seller", "seller_answer", "seller_silent"),
    "evidence": Duty("buyer", "buyer_evidence", "evidence_over"),
    "evidence_of_seller": Duty("seller", "seller_evidence", "evidence_over"),
    "appraisal": Duty("appraiser", "appraisal_report", "to_review"),
    "review": Duty("platform", "platform_review", "escalated"),
    "escalated": Duty("platform", "late_review", "for_buyer"),
    "appeal": Duty("platform", "appeal_review", "escalated"),
    "appeal_escalated": Duty("platform", "late_review", "for_appellant"),
    "approved": Duty("seller", "buyer_appeal", "final"),
    "rejected": Duty("buyer", "buyer_appeal", "final"),
    "frozen": Duty("channel", "channel_dispute", "to_review"),
}
LEGAL_LIMITS_DAYS = (7, 15)
"""A refund that is due must be made in 7 days (消法25, 七日办法14) and a complaint be answered in 15 (处罚办法)."""


def duty_of(status: str, asked_of: str = "", late: bool = False) -> Duty | None:
    """The duty of a state; None where nothing is waited for any more."""
    if status == "evidence" and asked_of == "seller":
        return DUTIES["evidence_of_seller"]
    if status == "appeal" and late:
        return DUTIES["appeal_escalated"]
    return DUTIES.get(status)
