"""Until when: spans of the policy (PT10M, PT24H, P3WD, P7D) counted into moments.

PT… counts from the moment of the decision, or from the moment the seller was asked while its time runs (R12). P…WD
and P…D leave out the starting day and end at 23:59:59 +08:00 of the last day (R17, 民法典201 and 203).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tuidan.domain.calendar import Calendar, china_day, end_of_day
from tuidan.domain.policy.reading import Reading, hours_as_seconds, part_of
from tuidan.domain.policy.verdict import Deadline

PROCEDURE = (
    "seller_evidence",
    "offer_answer",
    "remedy",
    "late_review",
    "appeal_review",
    "channel_dispute",
)
WHAT = frozenset(
    {
        "refund_start",
        "seller_answer",
        "buyer_evidence",
        "guardian_evidence",
        "platform_review",
        "appraisal_report",
        "buyer_appeal",
        # the procedure's own, which no table names
        *PROCEDURE,
    }
)
_SPAN = re.compile(r"PT(?:(\d{1,3})H|(\d{1,3})M)|P(\d{1,3})(WD|D)")


class SpanError(ValueError):
    """The span of a deadline is not one a policy may use."""


@dataclass(frozen=True, slots=True)
class Span:
    """A deadline of the policy. Exactly one of seconds, days and working_days is set."""

    what: str
    within: str
    seconds: int = 0
    days: int = 0
    working_days: int = 0


def read_span(plain: object) -> Span:
    """Read `{"what": …, "within": …}`; raises SpanError."""
    if not isinstance(plain, Mapping) or set(plain) != {"what", "within"}:
        raise SpanError("needs what and within")
    what, within = plain["what"], plain["within"]
    if what not in WHAT:
        raise SpanError(f"unknown deadline: {what!r}")
    match = _SPAN.fullmatch(within) if isinstance(within, str) else None
    if not match or int(match[1] or match[2] or match[3]) == 0:
        raise SpanError(f"not PT…M, PT…H, P…D or P…WD: {within!r}")
    if match[1] or match[2]:
        return Span(what, within, seconds=int(match[1] or 0) * 3_600 + int(match[2] or 0) * 60)
    count = int(match[3])
    return Span(what, within, working_days=count) if match[4] == "WD" else Span(what, within, days=count)


def due(span: Span, reading: Reading, response: str, calendar: Calendar) -> Deadline:
    """The moment a span ends for this case."""
    if span.seconds:
        start = _asked_at(reading, response) if span.what == "seller_answer" else reading.now
        return Deadline(span.what, span.within, start + timedelta(seconds=span.seconds))
    today = china_day(reading.now)
    if span.days:
        return Deadline(span.what, span.within, end_of_day(today + timedelta(days=span.days)))
    last = calendar.add_working_days(today, span.working_days)
    return Deadline(span.what, span.within, end_of_day(last), calendar.is_provisional(last))


def end_of_span(span: Span, start: datetime, calendar: Calendar) -> datetime:
    """The moment a span ends that starts now, whatever the case (the procedure's own deadlines)."""
    if span.seconds:
        return start + timedelta(seconds=span.seconds)
    today = china_day(start)
    if span.days:
        return end_of_day(today + timedelta(days=span.days))
    return end_of_day(calendar.add_working_days(today, span.working_days))


def _asked_at(reading: Reading, response: str) -> datetime:
    hours = part_of(reading.facts, "seller_response").get("hours_since_asked")
    asked = hours_as_seconds(hours) if response == "waiting" else None
    return reading.now - timedelta(seconds=asked or 0)
