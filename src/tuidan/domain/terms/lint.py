"""Reads a text and names every clause in it that is void or risky, with the words that show it (S-092, R18)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from tuidan.domain.terms.chain import Reader
from tuidan.domain.terms.clause import CLAUSES, RISKY, VOID
from tuidan.domain.terms.guard import BEFORE, BEFORE_REACH, BEFORE_SIGNS, EVERYWHERE, SAME, Guard
from tuidan.domain.terms.normal import PAUSE, STOP, Normal, has_drawings, normalise
from tuidan.domain.terms.resemblance import SHARE_MIN, SHARE_MIN_BESIDE, resembled
from tuidan.domain.terms.rule import Rule
from tuidan.domain.terms.rules_refund import REFUND_RULES
from tuidan.domain.terms.rules_rights import RIGHTS_RULES
from tuidan.domain.terms.rules_trade import TRADE_RULES

RULES: tuple[Rule, ...] = (*REFUND_RULES, *RIGHTS_RULES, *TRADE_RULES)
HITS_MAX = 200
REMEMBERED_SIGNS_MAX = 10_000
SENTENCES_MAX = 400
Place = tuple[int, int, str, str]  # start, end, clause, level
GUARDS = {
    clause: tuple({guard for rule in RULES if rule.clause == clause for guard in rule.unless})
    for clause in CLAUSES
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause found: `words` are original[start:end], level is V or R, the two keys lead to words.

    `likely`: no rule names the wording, the whole sentence resembles known ones; it is never held void for that.
    """

    clause: str
    level: str
    start: int
    end: int
    words: str
    articles: tuple[str, ...]
    title_key: str
    rewrite_key: str
    likely: bool = False


def lint(original: str) -> list[Hit]:
    """Every hit in order of place, at most HITS_MAX; a clause is told once for words that overlap."""
    return list(_remembered(original) if len(original) <= REMEMBERED_SIGNS_MAX else _read(original))


@lru_cache(maxsize=512)
def _remembered(original: str) -> tuple[Hit, ...]:
    """The same listing is shown again and again: read it once."""
    return _read(original)


def _read(original: str) -> tuple[Hit, ...]:
    readings = [normalise(original)]
    if has_drawings(original):
        readings.append(normalise(original, drawn=False))
    found = [place for normal in readings for place in _places(normal)]
    named = [_hit(original, one) for one in _merged(found)]
    likely = _likely(original, readings[0], named)
    return tuple(sorted((*named, *likely), key=lambda hit: hit.start)[:HITS_MAX])


def _likely(original: str, normal: Normal, named: list[Hit]) -> list[Hit]:
    """Sentences that resemble unfair wording which no rule names, and that nothing excuses."""
    reader, found, start = Reader(normal.text), [], 0
    for end in (*normal.stops, len(normal.text))[:SENTENCES_MAX]:
        like = resembled(normal.text[start:end])
        if like is not None:
            place = normal.span(start, end)
            beside = {hit.clause for hit in named if hit.start < place[1] and hit.end > place[0]}
            enough = like.share >= (SHARE_MIN_BESIDE if beside else SHARE_MIN)
            guards = (*GUARDS[like.clause], *EVERYWHERE)
            if enough and like.clause not in beside and not _guarded(guards, start, end, normal, reader):
                found.append(replace(_hit(original, (*place, like.clause, RISKY)), likely=True))
        start = end + 1
    return found


def _places(normal: Normal) -> list[Place]:
    """Every place of the original where a rule holds and nothing excuses it."""
    reader = Reader(normal.text)
    found: list[Place] = []
    for rule in RULES:
        level = rule.level or CLAUSES[rule.clause].level
        for chain in rule.chains:
            for start, end in reader.chains(chain)[:HITS_MAX]:
                if not _excused(rule, start, end, normal, reader):
                    found.append((*normal.span(start, end), rule.clause, level))
    return found


def has_void(hits: list[Hit]) -> bool:
    """Whether any of them is void by law."""
    return any(hit.level == VOID for hit in hits)


def _merged(found: list[Place]) -> list[Place]:
    """One entry where the same clause overlaps itself; void beats risky."""
    merged: list[Place] = []
    last: dict[str, int] = {}
    for start, end, clause, level in sorted(found):
        n = last.get(clause)
        if n is not None and start < merged[n][1]:
            before = merged[n]
            merged[n] = (
                before[0],
                max(before[1], end),
                clause,
                VOID if VOID in (level, before[3]) else level,
            )
        else:
            last[clause] = len(merged)
            merged.append((start, end, clause, level))
    return merged


def _hit(original: str, one: Place) -> Hit:
    start, end, name, level = one
    clause = CLAUSES[name]
    words = original[start:end]
    return Hit(name, level, start, end, words, clause.articles, clause.title_key, clause.rewrite_key)


def _excused(rule: Rule, start: int, end: int, normal: Normal, reader: Reader) -> bool:
    return _guarded((*rule.unless, *EVERYWHERE), start, end, normal, reader)


def _guarded(guards: tuple[Guard, ...], start: int, end: int, normal: Normal, reader: Reader) -> bool:
    return any(_holds(guard, start, end, normal, reader) for guard in guards)


def _holds(guard: Guard, start: int, end: int, normal: Normal, reader: Reader) -> bool:
    spans = reader.chains(guard.chain)
    if not spans:
        return False
    if guard.where == BEFORE:
        return any(
            start - BEFORE_SIGNS <= last <= start and not {PAUSE, STOP} & set(normal.text[last:start])
            for _, last in spans[
                bisect_left(spans, (start - BEFORE_REACH, 0)) : bisect_left(spans, (start, 0))
            ]
        )
    first, last = normal.sentence(start, end, 0 if guard.where == SAME else 1)
    return any(
        other <= last for _, other in spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last, 0))]
    )
