"""All that one picture shows of one order: the three elements, the details of the key information, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tuidan.domain.reading.account import find_account
from tuidan.domain.reading.amount import find_amount, find_arrived
from tuidan.domain.reading.code_tail import find_code_tail
from tuidan.domain.reading.crop import crop_hints
from tuidan.domain.reading.expected import Expected
from tuidan.domain.reading.line import Element, Line
from tuidan.domain.reading.moment import find_time
from tuidan.domain.reading.order_number import find_order_number
from tuidan.domain.reading.prompt import find_prompt
from tuidan.domain.reading.thresholds import LINE_CHARS_MAX, LINES_MAX, USED_PERCENT

# Which details are the key information of which kind of evidence; of any other kind, each of them is.
ALL_DETAILS = ("prompt", "amount", "arrived", "account", "code_tail")
KEY_OF_TYPE: dict[str, tuple[str, ...]] = {
    "error_screenshot": ("prompt", "code_tail"),
    "use_video": ("prompt", "code_tail"),
    "arrival_screenshot": ("arrived", "prompt"),
    "order_screenshot": ("amount", "account", "prompt"),
    "payment_proof": ("amount",),
    "carrier_bill": ("amount", "arrived", "account"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The three elements in the seed's order, the details behind the third, and hints where something is missing."""

    order_no: Element
    time: Element
    key_info: Element
    details: tuple[Element, ...] = ()
    hints: tuple[str, ...] = ()

    def elements(self) -> tuple[Element, ...]:
        return self.order_no, self.time, self.key_info


def read_lines(
    lines: Iterable[Line], width: int, height: int, expected: Expected, evidence_type: str = ""
) -> Reading:
    """Hold the words of a picture of this size against the order. Words that are too blurred are left out."""
    used = _in_order(line for line in lines if line.confidence >= USED_PERCENT)
    details = (
        find_prompt(used),
        find_amount(used, expected.amounts_fen, expected.arrived_fen),
        find_arrived(used, expected.arrived_fen),
        find_account(used, expected.account),
        find_code_tail(used, expected.code_tails),
    )
    number = find_order_number(used, expected.numbers)
    moment = find_time(used, expected.since, expected.until)
    key = key_information(details, evidence_type)
    missing = tuple(element.name for element in (number, moment, key) if element.state == "missing")
    return Reading(number, moment, key, details, crop_hints(used, width, height, missing))


def key_information(details: tuple[Element, ...], evidence_type: str) -> Element:
    """The third element: what contradicts is told first, then what was found, then what is unsure."""
    wanted = KEY_OF_TYPE.get(evidence_type, ALL_DETAILS)
    for state, names in (("contradicts", ALL_DETAILS), ("found", wanted), ("unsure", wanted)):
        for detail in details:
            if detail.state == state and detail.name in names:
                return Element(
                    "key_info", state, detail.value, detail.box, detail.confidence, detail.why or detail.name
                )
    return Element("key_info")


def _in_order(lines: Iterable[Line]) -> list[Line]:
    """From top to bottom, and from left to right where two stand in one row; no more than can be looked at."""
    kept = [Line(line.text[:LINE_CHARS_MAX], line.box, line.confidence) for line in lines][:LINES_MAX]
    kept.sort(key=lambda line: line.box.top)
    rows: list[list[Line]] = []
    for line in kept:
        first = rows[-1][0] if rows else None
        if first is not None and line.box.top - first.box.top < max(first.box.height, 1) // 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.box.left)]
