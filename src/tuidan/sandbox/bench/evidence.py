"""The figures of evidence: what the log, a bundle and a dossier cost, each with its spread, its aim and its limit.

A part is a function that measures and gives figures; `PARTS` names them. What a figure includes is said in its `what`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import orjson

from tuidan.connectors.typesetters.pdf import NoTypesetter
from tuidan.sandbox.bench import evidence_bundle, evidence_log, evidence_pictures
from tuidan.sandbox.bench.dossier import time_dossier
from tuidan.sandbox.bench.ground import Ground

DOSSIER_PAGES = 50
Say = Callable[[str], None]


@dataclass(slots=True)
class EvidenceFigure:
    """One figure: its values, one a round; `aim` is a least value, or a most one where `at_most`."""

    name: str
    what: str
    unit: str
    values: list[float] = field(default_factory=list)
    aim: float | None = None
    at_most: bool = False

    def reached(self) -> bool | None:
        """Whether the median keeps the aim; None without one."""
        if self.aim is None or not self.values:
            return None
        middle = median(self.values)
        return middle <= self.aim if self.at_most else middle >= self.aim

    def to_plain(self) -> dict[str, Any]:
        """As data for JSON."""
        spread = {"median": median(self.values), "min": min(self.values), "max": max(self.values)}
        return {
            "name": self.name,
            "what": self.what,
            "unit": self.unit,
            **{name: round(value, 4) for name, value in spread.items()},
            "aim": self.aim,
            "aim_is": "at most" if self.at_most else "at least",
            "reached": self.reached(),
        }


Part = Callable[[Ground, int, Say], list[EvidenceFigure]]


def measure_log(ground: Ground, rounds: int, say: Say) -> list[EvidenceFigure]:
    """Leaves a second, and what chain and log add to one refund."""
    told = evidence_log.measure(ground, rounds, say)
    return [
        EvidenceFigure(
            "log_leaves",
            "leaves a second into the log, durable: heads read, leaves and tiles hashed and written, committed, "
            f"signed once a second; {evidence_log.BATCH} orders a batch as the worker takes them",
            "/s",
            told.leaves,
        ),
        EvidenceFigure(
            "log_leaves_bulk", f"the same, {evidence_log.BULK} orders a batch", "/s", told.bulk_leaves
        ),
        EvidenceFigure("sha256", "SHA-256 of the same leaves' bytes, one core", "/s", told.sha256),
        EvidenceFigure(
            "log_ratio", "leaves in bulk to SHA-256 of the same bytes", "x", told.bulk_ratio(), 0.2
        ),
        EvidenceFigure(
            "append_ratio",
            "the append alone (heads at hand, tree and leaves written, committed) to SHA-256 of the same bytes",
            "x",
            told.append_ratio(),
            0.2,
        ),
        EvidenceFigure(
            "chain_cost",
            "the chain's part of one refund command: its events hashed into their chain",
            "%",
            told.chain_percent(),
        ),
        EvidenceFigure(
            "chain_and_log_cost",
            "chain and log together, to the time of one refund command (8 clients)",
            "%",
            told.cost_percent(),
            10.0,
            at_most=True,
        ),
    ]


def measure_bundle(ground: Ground, rounds: int, say: Say) -> list[EvidenceFigure]:
    """Verifying a case of 200 events against the hashing and the signatures that it cannot do without."""
    told = evidence_bundle.measure(ground, rounds, say)
    return [
        EvidenceFigure(
            "bundle_make", f"a bundle of {told.events} events, {told.bytes} bytes, made", "ms", told.made
        ),
        EvidenceFigure("bundle_verify", "the same bundle verified", "ms", told.verified),
        EvidenceFigure(
            "verify_ratio",
            "verifying, to the SHA-256 of its files and chain and the Ed25519 checks alone",
            "x",
            told.ratios(),
            20.0,
            at_most=True,
        ),
    ]


def measure_dossier(ground: Ground, rounds: int, say: Say) -> list[EvidenceFigure]:
    """A long dossier, from record to PDF/A; one sentence without the extra."""
    try:
        told = [time_dossier(DOSSIER_PAGES) for _ in range(min(rounds, 3))]
    except NoTypesetter as error:
        say(f"dossier: {error}")
        return []
    what = f"a dossier of {told[0].pages} pages, {told[0].bytes} bytes, from its record to PDF/A"
    return [EvidenceFigure("dossier", what, "s", [each.seconds for each in told])]


def measure_files(ground: Ground, rounds: int, say: Say) -> list[EvidenceFigure]:
    """Hostile files refused, the longest look at one, and the most memory that one look took."""
    ran = subprocess.run([sys.executable, "-m", "tuidan.sandbox.hostile"], capture_output=True, check=False)
    if ran.returncode:
        say(f"files: {ran.stderr.decode().strip().splitlines()[-1]}")
        return []
    told = orjson.loads(ran.stdout)
    what = (
        f"hostile files refused, of {told['files']}; the checking process began anew {told['restarts']} times"
    )
    longest, most = [told["seconds"]], [told["memory_mib"]]
    return [
        EvidenceFigure("hostile_refused", what, "", [float(told["refused"])], float(told["files"])),
        EvidenceFigure("hostile_seconds", "the longest look at one of them", "s", longest, 5.0, at_most=True),
        EvidenceFigure("hostile_memory", "the most memory of one look", "MiB", most, 512.0, at_most=True),
    ]


def measure_pictures(ground: Ground, rounds: int, say: Say) -> list[EvidenceFigure]:
    """What is read on drawn pictures whose seed was chosen after the thresholds, and which copies are seen."""
    told = evidence_pictures.measure(
        evidence_pictures.PROOF_SEED, evidence_pictures.PICTURES, evidence_pictures.REUSED, say
    )
    for fault in told.faults:
        say(f"pictures: {fault}")
    return [
        EvidenceFigure(name, what, unit, values, aim, at_most)
        for name, what, unit, values, aim, at_most in told.rows()
    ]


PARTS: dict[str, Part] = {
    "log": measure_log,
    "bundle": measure_bundle,
    "dossier": measure_dossier,
    "files": measure_files,
    "pictures": measure_pictures,
}


def measure(ground: Ground, parts: Sequence[str], rounds: int, say: Say) -> list[EvidenceFigure]:
    """The figures of these parts, or of all."""
    found: list[EvidenceFigure] = []
    for name, part in PARTS.items():
        if not parts or name in parts:
            say(f"evidence: {name} …")
            found += part(ground, rounds, say)
    return found


def lines(told: Sequence[dict[str, Any]]) -> list[str]:
    """The figures as a table for people."""
    found = [f"{'':<20}{'median':>13}  {'least – most':<24}{'aim':>9}"]
    for each in told:
        spread = f"{_short(each['min'])} – {_short(each['max'])} {each['unit']}"
        sign = "≤" if each["aim_is"] == "at most" else "≥"
        aim = "" if each["aim"] is None else f"{sign} {each['aim']:g}"
        word = {None: "", True: "ok", False: "missed"}[each["reached"]]
        found.append(f"{each['name']:<20}{_short(each['median']):>13}  {spread:<24}{aim:>9}  {word}".rstrip())
    return [*found, "", *(f"{each['name']}: {each['what']}" for each in told)]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
