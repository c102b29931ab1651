"""The short complaint to paste at 12315, a payment app or a bank: whom, what, when, how much, facts, demand."""

from __future__ import annotations

from datetime import datetime

from tuidan.domain.dossier.record import Claim, Dossier, Fact
from tuidan.web.shared.moments import BEIJING
from tuidan.web.shared.money import yuan
from tuidan.web.shared.terms_shown import article_text
from tuidan.web.shared.timeline import event_text
from tuidan.web.shared.words import WORDS, say

CHARS_MAX = 500
TITLE_CHARS_MAX = 40
SHOP_CHARS_MAX = 30
LAWS_MAX = 3
FACTS_MAX = 4
RESULTS = {"approved", "rejected", "settled", "withdrawn", "lapsed"}
# What of the story carries a complaint; the newest of each kind, in time order.
TELLING = (
    "unit_delivered",
    "unit_partial",
    "unit_failed",
    "code_revealed",
    "reveal_failed",
    "issuer_checked",
    "issuer_answered",
    "membership_stopped",
    "contact_answered",
    "contact_silent",
    "case_lapsed",
    "appeal_upheld",
    "refund_parked",
)


def complaint_text(dossier: Dossier, language: str) -> str:
    """At most CHARS_MAX characters; "" for who has nothing to complain of: the other side, or an order without a
    request. Facts are left out, the oldest first, until it fits."""
    claim = next((each for each in dossier.claims if each.n == dossier.demand.case), None)
    if claim is None or dossier.reader == "seller":
        return ""
    facts = _telling(dossier)
    for first in range(len(facts) + 1):
        text = _text(dossier, claim, facts[first:], language)
        if len(text) <= CHARS_MAX:
            return text
    return text[: CHARS_MAX - 1] + "…"


def _telling(dossier: Dossier) -> list[Fact]:
    found = {fact.kind: fact for fact in dossier.facts if fact.kind in TELLING}
    return sorted(found.values(), key=lambda fact: fact.n)[-FACTS_MAX:]


def _text(d: Dossier, claim: Claim, facts: list[Fact], language: str) -> str:
    seller = next(party for party in d.parties if party.role == "seller")
    channel = f"money.channel.{d.channel}"
    proofs = sorted(
        {*(fact.n for fact in facts), claim.event, *([claim.decided_event] if claim.decided_event else [])}
    )
    comma = "、" if language == "zh" else ", "
    trade = ""
    if d.trade_no:
        named = say(channel, language) if channel in WORDS else d.channel
        trade = say("complaint.trade", language, channel=named, trade_no=d.trade_no)
    result = claim.status if claim.status in RESULTS else "open"
    return say(
        "complaint.text",
        language,
        shop=_short(seller.name, SHOP_CHARS_MAX),
        seller_type=say(f"seller.{seller.seller_type}", language),
        seller=seller.id[:8],
        paid=say("complaint.paid", language, at=_minute(d.paid_at)) if d.paid_at else "",
        site=_short(d.public_url.removeprefix("https://").removeprefix("http://"), TITLE_CHARS_MAX),
        title=_short(d.goods.title, TITLE_CHARS_MAX),
        order=d.order_id,
        amount=yuan(d.amounts.price),
        trade=trade,
        story="".join(
            say(
                "complaint.story",
                language,
                at=_minute(fact.at),
                what=event_text(fact.kind, fact.data, language),
            )
            for fact in facts
        ),
        asked=say(
            "complaint.asked",
            language,
            at=_minute(claim.asked_at),
            reason=say(f"reason.{claim.reason}", language),
            amount=yuan(claim.asked_fen),
            result=say(f"complaint.result.{result}", language),
        ),
        demand=yuan(d.demand.amount_fen),
        laws=comma.join(article_text(mark, language) for mark in d.laws[:LAWS_MAX]),
        proofs=say("complaint.proof", language, ns=comma.join(map(str, proofs))),
        head=d.head[:16],
    )


def _short(text: str, chars_max: int) -> str:
    return text if len(text) <= chars_max else text[: chars_max - 1] + "…"


def _minute(moment: datetime | None) -> str:
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if moment else ""
