"""The terms linter for programs, for anyone: the clauses as data, and the clauses found in a text."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from tuidan.api.shapes_in import NO_CONTROLS, NO_CONTROLS_BUT_LINES, Asked, Yes
from tuidan.domain.terms import CLAUSE_VERSION, CLAUSES, Extra, PageSettings, check_page, has_void, lint

router = Router(tags=["terms"])
TEXT_SIGNS_MAX = 20_000
EXTRAS_MAX = 20
HELP = "/terms/#"


class ExtraAsked(Asked):
    """Something that the page sells beside the goods."""

    name: Annotated[str, StringConstraints(max_length=80, pattern=NO_CONTROLS)]
    preticked: Yes = False
    renews: Yes = False
    told_before_renewal: Yes = True


class PageAsked(Asked):
    """How the page asks for the confirmation that seven-day returns are excluded, and what it ticks beforehand."""

    no_reason_excluded: Yes = False
    asks_confirmation: Yes = False
    confirmation_preticked: Yes = False
    confirmed_each_order: Yes = True
    extras: Annotated[list[ExtraAsked], Field(max_length=EXTRAS_MAX)] = []


class LintAsked(Asked):
    """A text, and the settings of its page where they are known (C03 and C32 are seen there only)."""

    text: Annotated[str, StringConstraints(max_length=TEXT_SIGNS_MAX, pattern=NO_CONTROLS_BUT_LINES)]
    page: PageAsked | None = None


class ClauseTold(Schema):
    """Level V is void by law, R is risky; `depends`: facts can change the level; `help` explains it to people."""

    clause: str
    level: str
    depends: bool
    of_page: bool
    articles: list[str]
    help: str


class ClausesTold(Schema):
    version: str
    clauses: list[ClauseTold]


class HitTold(Schema):
    """`words` are text[start:end] in Unicode code points; `rewrite` names the wording to use instead.

    `likely`: no rule names the wording, the sentence resembles known ones; level R whatever the clause's own.
    """

    clause: str
    level: str
    start: int
    end: int
    words: str
    articles: list[str]
    rewrite: str
    help: str
    likely: bool


class PageFaultTold(Schema):
    clause: str
    level: str
    fault: str
    what: str
    articles: list[str]
    help: str


class LintTold(Schema):
    version: str
    void: bool
    hits: list[HitTold]
    page_faults: list[PageFaultTold]


@router.get("", response=ClausesTold, summary="The clauses that are looked for", auth=None)
def list_clauses(request: HttpRequest) -> dict[str, object]:
    """All thirty-two, with level and basis."""
    return {
        "version": CLAUSE_VERSION,
        "clauses": [
            {
                "clause": clause.id,
                "level": clause.level,
                "depends": clause.depends,
                "of_page": clause.of_page,
                "articles": list(clause.articles),
                "help": HELP + clause.id,
            }
            for clause in CLAUSES.values()
        ],
    }


@router.post("/lint", response=LintTold, summary="Void and risky clauses of a text", auth=None)
def lint_terms(request: HttpRequest, asked: LintAsked) -> dict[str, object]:
    """Nothing is stored. `void` is true where any clause or setting is void by law."""
    hits = lint(asked.text)
    faults = check_page(_settings(asked.page)) if asked.page else []
    return {
        "version": CLAUSE_VERSION,
        "void": has_void(hits) or any(fault.level == "V" for fault in faults),
        "hits": [
            {
                "clause": hit.clause,
                "level": hit.level,
                "start": hit.start,
                "end": hit.end,
                "words": hit.words,
                "articles": list(hit.articles),
                "rewrite": hit.rewrite_key,
                "help": HELP + hit.clause,
                "likely": hit.likely,
            }
            for hit in hits
        ],
        "page_faults": [
            {
                "clause": fault.clause,
                "level": fault.level,
                "fault": fault.fault,
                "what": fault.what,
                "articles": list(fault.articles),
                "help": HELP + fault.clause,
            }
            for fault in faults
        ],
    }


def _settings(page: PageAsked) -> PageSettings:
    return PageSettings(
        page.no_reason_excluded,
        page.asks_confirmation,
        page.confirmation_preticked,
        page.confirmed_each_order,
        tuple(
            Extra(extra.name, extra.preticked, extra.renews, extra.told_before_renewal)
            for extra in page.extras
        ),
    )
