"""The two clauses that no wording shows: how the page asks for the confirmation, and what it ticks beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.terms.clause import CLAUSES


@dataclass(frozen=True, slots=True)
class Extra:
    """Something sold beside the goods: an insurance, a renewal, another item."""

    name: str
    preticked: bool = False
    renews: bool = False
    told_before_renewal: bool = True


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How a listing's checkout asks. The defaults are those of a page that asks nothing."""

    no_reason_excluded: bool = False
    asks_confirmation: bool = False
    confirmation_preticked: bool = False
    confirmed_each_order: bool = True
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFault:
    """One setting that breaks C03 or C32: `fault` is its code, `what` the extra it concerns."""

    clause: str
    level: str
    fault: str
    what: str
    articles: tuple[str, ...]


def check_page(settings: PageSettings) -> list[PageFault]:
    """What is wrong with the settings (消法实施条例19, 网络交易办法17–18); empty where nothing is."""
    found: list[tuple[str, str, str]] = []
    if settings.no_reason_excluded:
        if not settings.asks_confirmation:
            found.append(("C03", "not_confirmed", ""))
        elif settings.confirmation_preticked:
            found.append(("C03", "confirmation_preticked", ""))
        elif not settings.confirmed_each_order:
            found.append(("C03", "not_each_order", ""))
    for extra in settings.extras:
        if extra.preticked:
            found.append(("C32", "extra_preticked", extra.name))
        if extra.renews and not extra.told_before_renewal:
            found.append(("C32", "renewal_not_told", extra.name))
    return [PageFault(c, CLAUSES[c].level, fault, what, CLAUSES[c].articles) for c, fault, what in found]
