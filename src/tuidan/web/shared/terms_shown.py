"""A seller's words ready to show: which parts are void or risky, with name, basis and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.terms import CLAUSES, VOID, Hit, lint
from tuidan.web.shared.words import say
from tuidan.web.shared.words.terms import LAWS

LEVELS = {"V": "void", "R": "risky"}
SEPARATOR = {"zh": "、", "en": "; "}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `mark` is void, risky or empty."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One clause found, in the reader's language."""

    clause: str
    level: str
    mark: str
    level_word: str
    title: str
    words: str
    basis: str
    rewrite: str


@dataclass(frozen=True, slots=True)
class TermsShown:
    """A text in pieces with what was found in it."""

    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    void_count: int


def show_terms(text: str, language: str, *, only_void: bool = False) -> TermsShown | None:
    """The text with its marks; None for an empty one. Buyers are shown what is void only."""
    if not text.strip():
        return None
    hits = [hit for hit in lint(text) if hit.level == VOID or not only_void]
    return TermsShown(
        tuple(_pieces(text, hits)),
        tuple(_finding(hit, language) for hit in hits),
        sum(hit.level == VOID for hit in hits),
    )


def basis_text(clause: str, language: str) -> str:
    """The articles a clause stands on."""
    return SEPARATOR[language].join(article_text(article, language) for article in CLAUSES[clause].articles)


def article_text(article: str, language: str) -> str:
    """An article as the language names it; raises ValueError for a law that nobody named in English."""
    return article if language == "zh" else _in_english(article)


def _in_english(article: str) -> str:
    """`消法26` as `Consumer Protection Law art. 26`."""
    law = max((law for law in LAWS if article.startswith(law)), key=len)
    number = article.removeprefix(law).replace("第", "").replace("条", "")
    return f"{LAWS[law]} art. {number}" if number else LAWS[law]


def _finding(hit: Hit, language: str) -> Finding:
    return Finding(
        hit.clause,
        hit.level,
        LEVELS[hit.level],
        say("terms.likely" if hit.likely else f"terms.level.{hit.level}", language),
        say(hit.title_key, language),
        hit.words,
        basis_text(hit.clause, language),
        say(hit.rewrite_key, language),
    )


def _pieces(text: str, hits: list[Hit]) -> list[Piece]:
    """The text cut where marks begin and end; void wins where both would stand."""
    marks = [""] * len(text)
    for hit in sorted(hits, key=lambda hit: hit.level):  # R before V
        marks[hit.start : hit.end] = [LEVELS[hit.level]] * (hit.end - hit.start)
    pieces: list[Piece] = []
    start = 0
    for n in range(1, len(text) + 1):
        if n == len(text) or marks[n] != marks[start]:
            pieces.append(Piece(text[start:n], marks[start]))
            start = n
    return pieces
