"""A dossier put into words: a document of titled sections and plain blocks, which the PDF and the page both show.

Every value in a block is text. Nothing here is markup, and nothing that shows it reads markup in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tuidan.domain.dossier.record import Claim, Dossier, Fact, Item, Party
from tuidan.reads.dossier import Written
from tuidan.web.shared.carried_shown import carried_texts
from tuidan.web.shared.case_shown import DECIDED_BY, reasons_shown
from tuidan.web.shared.complaint_text import complaint_text
from tuidan.web.shared.moments import BEIJING
from tuidan.web.shared.money import yuan
from tuidan.web.shared.terms_shown import article_text
from tuidan.web.shared.timeline import actor_of, actor_text, event_text
from tuidan.web.shared.words import WORDS, say

Block = dict[str, object]
CONTENTS_FROM_FACTS = 30
# Nobody is addressed in a document: the buyer is called the buyer.
THIRD_PERSON = "reviewer"


def write(dossier: Dossier, language: str) -> Written:
    """The document and the short complaint."""
    return Written(document(dossier, language), complaint_text(dossier, language))


def document(dossier: Dossier, language: str) -> dict[str, object]:
    """Sections of blocks: pairs, text, note, law, item, fact, file; see `connectors/typesetters/dossier.typ`."""
    page, total = say("dossier.page", language, n="\0", m="\1").split("\0")
    middle, end = total.split("\1")
    sections = [
        ("parties", _parties(dossier, language)),
        ("deal", _deal(dossier, language)),
        ("demand", _demand(dossier, language)),
        ("amounts", [_amounts(dossier, language)]),
        ("claims", _claims(dossier, language)),
        ("evidence", _evidence(dossier, language)),
        ("facts", [_fact(fact, language) for fact in dossier.facts]),
        ("law", _law(dossier, language)),
        ("annexes", _annexes(dossier, language)),
        ("check", _check(dossier, language)),
    ]
    return {
        "lang": language,
        "title": say("dossier.title" if dossier.claims else "dossier.title_plain", language),
        "subject": dossier.goods.title,
        "lead": say("dossier.lead", language),
        "as_of": say("dossier.as_of", language, at=exactly(dossier.as_of)),
        "running": say("dossier.running", language, order=dossier.order_id, version=dossier.version),
        "page": [page, middle, end],
        "contents": say("dossier.contents", language) if len(dossier.facts) >= CONTENTS_FROM_FACTS else "",
        "day": [dossier.as_of.year, dossier.as_of.month, dossier.as_of.day],
        "sections": [
            {"title": say(f"dossier.{name}", language), "blocks": blocks} for name, blocks in sections
        ],
    }


def exactly(moment: datetime) -> str:
    """A time to the second, as Beijing's clocks have it."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def _pairs(*rows: tuple[str, str]) -> Block:
    return {"kind": "pairs", "rows": [[name, value] for name, value in rows if value]}


def _parties(d: Dossier, language: str) -> list[Block]:
    found = [_party(party, language) for party in d.parties]
    if d.reader in ("buyer", "seller"):
        found.append({"kind": "note", "text": say("dossier.fill_in", language)})
        found.append({"kind": "blank", "text": say("dossier.blank", language)})
    return found


def _party(party: Party, language: str) -> Block:
    role = say(f"dossier.{party.role}", language)
    name = party.name or say(f"dossier.unnamed.{party.role}", language)
    if party.seller_type:
        name = (
            f"{name}（{say(f'seller.{party.seller_type}', language)}）"
            if language == "zh"
            else (f"{name} ({say(f'seller.{party.seller_type}', language)})")
        )
    who = ""
    if party.role == "seller":
        who = say("dossier.seller_named" if party.named else "dossier.seller_unnamed", language)
    return _pairs(
        (role, name),
        (say("dossier.contact", language), party.contact),
        (say("dossier.platform_no", language), party.id),
        (say("dossier.verified", language), who),
    )


def _deal(d: Dossier, language: str) -> list[Block]:
    goods = d.goods
    excluded = "yes" if goods.no_reason_excluded_confirmed else "no"
    channel = f"money.channel.{d.channel}"
    named = say(channel, language) if channel in WORDS else d.channel
    return [
        _pairs(
            (say("dossier.order_no", language), d.order_id),
            (say("dossier.goods", language), goods.title),
            (say("dossier.kind", language), say(f"kind.{goods.kind}", language)),
            (say("dossier.spec", language), goods.spec),
            (say("dossier.quantity", language), str(goods.quantity)),
            (say("dossier.price", language), f"¥{yuan(d.amounts.price)}"),
            (say("dossier.placed", language), exactly(d.placed_at)),
            (say("dossier.paid", language), exactly(d.paid_at) if d.paid_at else ""),
            (say("dossier.channel", language), f"{named} {d.trade_no}".strip()),
            (say("dossier.payer", language), d.payer),
            (goods.account_label or say("dossier.account", language), goods.account),
            (say("dossier.description", language), goods.description),
            (say("dossier.terms", language), goods.terms),
            (say("dossier.no_reason", language), say(f"dossier.no_reason.{excluded}", language)),
            (say("dossier.snapshot", language), goods.snapshot_sha256),
            (say("dossier.policy", language), f"{goods.policy_version} {goods.policy_sha256}"),
        )
    ]


def _demand(d: Dossier, language: str) -> list[Block]:
    asked = d.demand
    if not asked.case:
        return [{"kind": "text", "text": say("dossier.no_demand", language)}]
    if not asked.amount_fen:
        return [{"kind": "text", "text": say("dossier.demand_done", language)}]
    key = "dossier.demand_seller" if d.reader == "seller" else "dossier.demand_text"
    reason = say(f"reason.{asked.reason}", language)
    return [{"kind": "text", "text": say(key, language, amount=yuan(asked.amount_fen), reason=reason)}]


def _amounts(d: Dossier, language: str) -> Block:
    names = ("price", "paid", "escrow", "released", "refunding", "refunded")
    return {
        "kind": "amounts",
        "rows": [
            [say(f"dossier.amount.{name}", language), f"¥{yuan(getattr(d.amounts, name))}"] for name in names
        ],
    }


def _claims(d: Dossier, language: str) -> list[Block]:
    if not d.claims:
        return [{"kind": "text", "text": say("dossier.no_claims", language)}]
    return [block for claim in d.claims for block in _claim(claim, language)]


def _claim(claim: Claim, language: str) -> Iterator[Block]:
    reason = say(f"reason.{claim.reason}", language)
    yield {
        "kind": "heading",
        "text": say("dossier.claim", language, n=claim.n, unit=claim.unit, reason=reason),
    }
    answer = f"answer.{claim.answer}"
    state = f"state.case.{claim.status}"
    by = DECIDED_BY.get(str(claim.verdict.get("by", "")), "decision.by_rule")
    decided = claim.decided_at is not None
    yield _pairs(
        (say("dossier.asked", language), f"{exactly(claim.asked_at)}　#{claim.event}"),
        (say("dossier.asked_amount", language), f"¥{yuan(claim.asked_fen)}"),
        (say("dossier.own_words", language), claim.words),
        (
            say("dossier.answer", language),
            say(answer, language) if answer in WORDS else say("dossier.answer.none", language),
        ),
        (say("dossier.outcome", language), say(state, language) if state in WORDS else claim.status),
        (
            say("dossier.decided", language),
            f"{exactly(claim.decided_at)}　#{claim.decided_event}" if claim.decided_at else "",
        ),
        (say("dossier.decided_by", language), say(by, language) if decided and claim.verdict else ""),
        (
            say("dossier.reasons", language),
            "\n".join(each.text for each in reasons_shown(claim.verdict, language)),
        ),
        (say("dossier.rests_on", language), "\n".join(_carried(claim, language))),
        (say("dossier.rules", language), " ".join(claim.rules)),
        (
            say("dossier.finding", language),
            say(f"finding.{claim.finding}", language) if claim.finding else "",
        ),
        (
            say("dossier.outside", language),
            "\n".join(
                f"{say(f'complaint.{place}', language)} {number}" for place, number in claim.complaints
            ),
        ),
        (say("dossier.offers", language), "\n".join(_offers(claim, language))),
    )


def _carried(claim: Claim, language: str) -> list[str]:
    said = claim.verdict.get("policy_said") or claim.verdict
    return carried_texts(said, language) if isinstance(said, dict) else []


def _offers(claim: Claim, language: str) -> Iterator[str]:
    for offer in claim.offers:
        amount = f" ¥{yuan(offer.amount_fen)}" if offer.amount_fen else ""
        what = f"{say(f'offer.by.{offer.by}', language)}：{say(f'offer.{offer.kind}', language)}{amount}"
        state = f"state.offer.{offer.status}"
        done = say(state, language) if state in WORDS else offer.status
        yield f"#{offer.event}　{what}　{done}" + (f"\n{offer.words}" if offer.words else "")


def _evidence(d: Dossier, language: str) -> list[Block]:
    if not d.items:
        return [{"kind": "text", "text": say("dossier.no_evidence", language)}]
    return [_item(item, language) for item in d.items]


def _item(item: Item, language: str) -> Block:
    answer = f"exhibit.answer.{item.answer}"
    said = say(answer, language) if item.answer else say("dossier.reply.none", language)
    seen = [say(f"exhibit.{name}", language) for name in item.seen]
    flag = say(f"exhibit.flag.{item.flag}", language) if item.flag else ""
    return {
        "kind": "item",
        "title": f"{say('dossier.exhibit', language, n=item.n)}　{say(f'exhibit.{item.type}', language)}",
        "rows": [
            [name, value]
            for name, value in (
                (
                    say("dossier.by", language),
                    f"{say(f'exhibit.by.{item.by}', language)}　{exactly(item.at)}",
                ),
                (say("dossier.shows", language), "；".join(filter(None, [*seen, flag]))),
                (say("dossier.own_words" if item.by == "buyer" else "dossier.shows", language), item.words),
                (say("dossier.reply", language), " ".join(filter(None, [said, item.answer_words]))),
                (say("dossier.proof_no", language), f"#{item.event} {item.hash}"),
                *((say("dossier.file", language), sha256) for sha256 in item.files),
            )
            if value
        ],
    }


def _fact(fact: Fact, language: str) -> Block:
    what = event_text(fact.kind, fact.data, language)
    gone = say("dossier.words_gone", language)
    return {
        "kind": "fact",
        "no": str(fact.n),
        "at": exactly(fact.at),
        "who": actor_text(actor_of(fact.kind, fact.actor), language, THIRD_PERSON),
        "what": what,
        "quote": gone if fact.words is None else fact.words,
        "hash": fact.hash,
    }


def _law(d: Dossier, language: str) -> list[Block]:
    rows: list[Block] = [
        {"kind": "law", "name": article_text(mark, language), "text": say(f"law.{mark}", language)}
        for mark in d.laws
    ]
    return [*rows, {"kind": "note", "text": say("dossier.law_note", language)}]


def _annexes(d: Dossier, language: str) -> list[Block]:
    files: list[Block] = [{"kind": "file", "name": file.name, "sha256": file.sha256} for file in d.annexes]
    return [{"kind": "note", "text": say("dossier.annex_note", language)}, *files]


def _check(d: Dossier, language: str) -> list[Block]:
    proof = d.proof
    where = (
        say("dossier.check_log", language, n=proof.n, index=proof.index)
        if proof
        else say("dossier.check_no_log", language)
    )
    return [
        {"kind": "text", "text": say("dossier.check_text", language, n=d.version)},
        {"kind": "mono", "text": d.head},
        {"kind": "text", "text": where},
    ]
