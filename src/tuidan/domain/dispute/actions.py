"""What each party may do now in a case: one list for pages, API and deciders alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from tuidan.domain.calendar import CHINA, end_of_day
from tuidan.domain.dispute.case import Case
from tuidan.domain.dispute.hearing import Hearing
from tuidan.domain.dispute.offer import Offer

PARTIES = ("buyer", "seller", "reviewer", "appraiser")
_TALK = ("file_exhibit", "answer_exhibit", "make_offer", "answer_offer")
_DESK = ("decide_case", "ask_more", "send_to_appraisal", "flag_exhibit", "make_offer", "link_complaint")
_MAY: dict[tuple[str, str], tuple[str, ...]] = {
    ("checking", "buyer"): ("withdraw",),
    ("contact", "buyer"): ("withdraw", "call_platform", *_TALK),
    ("contact", "seller"): ("answer_contact", "call_platform", *_TALK),
    ("contact", "reviewer"): ("make_offer", "flag_exhibit", "link_complaint"),
    ("evidence", "buyer"): ("withdraw", "submit_evidence", "call_platform", *_TALK),
    ("evidence", "seller"): ("answer_contact", "submit_evidence", "call_platform", *_TALK),
    ("evidence", "reviewer"): ("make_offer", "flag_exhibit", "link_complaint", "take_over"),
    ("appraisal", "buyer"): ("withdraw", *_TALK),
    ("appraisal", "seller"): ("answer_contact", *_TALK),
    ("appraisal", "reviewer"): ("assign_appraiser", "flag_exhibit", "make_offer", "link_complaint"),
    ("appraisal", "appraiser"): ("accept_appraisal", "report_appraisal"),
    ("review", "buyer"): ("withdraw", *_TALK),
    ("review", "seller"): ("answer_contact", *_TALK),
    ("review", "reviewer"): _DESK,
    ("escalated", "buyer"): ("withdraw", *_TALK),
    ("escalated", "seller"): ("answer_contact", *_TALK),
    ("escalated", "reviewer"): _DESK,
    ("appeal", "buyer"): ("file_exhibit", "answer_exhibit", "answer_offer"),
    ("appeal", "seller"): ("file_exhibit", "answer_exhibit", "answer_offer"),
    ("appeal", "reviewer"): ("decide_appeal", "flag_exhibit", "make_offer", "link_complaint"),
    ("frozen", "buyer"): ("withdraw",),
    ("frozen", "reviewer"): ("link_complaint",),
}
_MAY_APPEAL = {"approved": "seller", "rejected": "buyer"}


def appeal_until(case: Case, appeal_days: int) -> datetime | None:
    """The end of the time to appeal: 23:59:59 of the last day in China (R19); None while nothing is decided."""
    if not case.decided_at or case.status not in _MAY_APPEAL:
        return None
    decided = datetime.fromtimestamp(case.decided_at, tz=CHINA)
    return end_of_day(decided.date() + timedelta(days=appeal_days))


def allowed(
    case: Case, hearing: Hearing | None, offer: Offer | None, party: str, now: datetime, appeal_days: int
) -> tuple[str, ...]:
    """What this party may do in this case now. `offer` is the one that waits for an answer, if there is one."""
    if party == _MAY_APPEAL.get(case.status):
        until = appeal_until(case, appeal_days)
        in_time = until is not None and now <= until
        unused = hearing is None or not hearing.appealed_by
        return ("file_exhibit", "file_appeal") if in_time and unused else ()
    names = list(_MAY.get((case.status, party), ()))
    if "answer_offer" in names and (offer is None or not offer.waits_for(party)):
        names.remove("answer_offer")
    if "submit_evidence" in names and (hearing is None or hearing.asked_of != party):
        names.remove("submit_evidence")
    if case.status == "appraisal" and party == "appraiser" and hearing is not None:
        names.remove("accept_appraisal" if hearing.accepted else "report_appraisal")
    if "assign_appraiser" in names and hearing is not None and hearing.accepted:
        names.remove("assign_appraiser")
    return tuple(names)


def ever_allowed(party: str, action: str) -> bool:
    """Whether a party may do this in any state at all."""
    if action in ("file_exhibit", "file_appeal"):
        return party in _MAY_APPEAL.values()
    return any(action in names for (_, who), names in _MAY.items() if who == party)
