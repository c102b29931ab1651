"""What a party files to show a fact, and what the other side says of it: accept, dispute or explain (S-037, S-073).

The words and files themselves lie beside the events, erasable; here are their kinds and what can be seen on them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds

# What can be filed; what each can show is the policy's data (`evidence_roles`).
TYPES = (
    "error_screenshot",
    "arrival_screenshot",
    "use_video",
    "progress_screenshot",
    "seller_delivery_screenshot",
    "order_screenshot",
    "listing_snapshot",
    "payment_proof",
    "seller_chat",
    "carrier_bill",
    "sms",
    "provider_notice",
    "official_ban_notice",
    "login_log",
    "guardian_relation",
    "minor_identity",
    "usage_record",
    "statement",
)
ANSWERS = ("accept", "dispute", "explain")
FLAGS = ("tampered", "reused")
# Set by the platform's own comparison: no finding against anybody, only a reason for a person to look (R11).
REUSE_SEEN = "reuse_seen"
EXHIBITS_MAX = 40
# Codes of `domain/reading`: the picture names another order, another code, another account.
OTHER_NUMBER = "other_number"
OTHER_KEY = ("other_code", "other_account")


@dataclass(slots=True)
class Exhibit:
    """Exhibit n of the order, filed in a case by `by`; `filed` is the event that filed it."""

    n: int
    case: int
    by: str
    type: str
    has_order_no: bool
    has_timestamp: bool
    has_key_info: bool
    filed: int
    answer: str = ""
    flag: str = ""
    read: str = (
        ""  # what the platform read: the states of the three elements, then the codes of what contradicts
    )

    def to_facts(self) -> dict[str, object]:
        """As the policy's facts have it: what the party claims, but for what plainly belongs to another order."""
        return {
            "type": self.type,
            "has_order_no": self.has_order_no and OTHER_NUMBER not in self.read,
            "has_timestamp": self.has_timestamp,
            "has_key_info": self.has_key_info and not any(why in self.read for why in OTHER_KEY),
            "tampered": self.flag == "tampered",
            "reused_from_order": self.flag == "reused",
        }


def _file(exhibits: list[Exhibit], event: e.ExhibitFiled, n: int, now: int) -> None:
    seen = (event.has_order_no, event.has_timestamp, event.has_key_info)
    exhibits.append(Exhibit(event.exhibit, event.case, event.by, event.type, *seen, filed=n))


def _answer(exhibits: list[Exhibit], event: e.ExhibitAnswered, n: int, now: int) -> None:
    exhibits[event.exhibit - 1].answer = event.answer


def _flag(exhibits: list[Exhibit], event: e.ExhibitFlagged, n: int, now: int) -> None:
    exhibits[event.exhibit - 1].flag = event.flag


def _read(exhibits: list[Exhibit], event: e.ExhibitRead, n: int, now: int) -> None:
    exhibits[event.exhibit - 1].read = " ".join((event.order_no, event.time, event.key_info, *event.why))


EXHIBIT_FOLDS: Folds = {
    e.ExhibitFiled: _file,
    e.ExhibitAnswered: _answer,
    e.ExhibitFlagged: _flag,
    e.ExhibitRead: _read,
}
