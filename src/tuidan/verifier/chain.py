"""The events of the bundle and their chain: each hash is SHA-256 over the hash before it and the event's own bytes."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from tuidan.verifier.container import Container
from tuidan.verifier.finding import Refused, Report
from tuidan.verifier.strict_json import Table, number, read_event_json, table_of, text

GENESIS = bytes(32)
CHAIN_LINE = re.compile(r"([1-9][0-9]{0,7}) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Event:
    """An event as the bundle holds it: what happened, its data, and its hash in this chain."""

    n: int
    kind: str
    at: str
    data: Table
    hash: str


def event_name(n: int) -> str:
    """The file of event n."""
    return f"events/{n:04d}.json"


def read_events(bundle: Container, order: str, report: Report) -> list[Event]:
    """All events in order. Raises Refused where the chain cannot be followed to its end."""
    count = sum(name.startswith("events/") and name.endswith(".json") for name in bundle.entries)
    told = _told_hashes(bundle)
    found: list[Event] = []
    previous, whole = GENESIS, True
    for n in range(1, max(count, len(told)) + 1):
        name = event_name(n)
        if name not in bundle.entries:
            raise Refused("event_missing", n=n)
        body = bundle.read(name)
        hashed = hashlib.sha256(previous + body).digest()
        if n > len(told):
            raise Refused("event_added", n=n)
        if hashed.hex() != told[n - 1]:
            report.fault("event_changed", n=n)
            _name_swap(bundle, n, body, report)
            hashed, whole = bytes.fromhex(told[n - 1]), False  # so that what is right after it is not blamed
        event = _event(n, order, body, hashed.hex(), changed=not whole)
        if event is not None:
            found.append(event)
        previous = hashed
    if not whole:
        raise Refused("chain_broken")
    if not found:
        raise Refused("no_events")
    report.ok("chain_holds", count=len(found), head=found[-1].hash)
    return found


def _told_hashes(bundle: Container) -> list[str]:
    """The hashes as the bundle lists them: they only serve to say which event is wrong, and prove nothing."""
    lines = bundle.read("events/chain.txt").decode("ascii", "replace").split("\n")
    found = []
    for n, line in enumerate(lines[:-1], start=1):
        match = CHAIN_LINE.fullmatch(line)
        if match is None or int(match[1]) != n:
            raise Refused("bad_chain_list", n=n)
        found.append(match[2])
    if lines[-1]:
        raise Refused("bad_chain_list", n=len(lines))
    return found


def _event(n: int, order: str, body: bytes, digest: str, *, changed: bool) -> Event | None:
    """The event that the bytes hold; None for one that is reported as changed and cannot be read."""
    try:
        told = read_event_json(event_name(n), body)
        kind, at, data = text(told, "kind"), text(told, "at"), table_of(told.get("data"), "data")
        if number(told, "n") != n or text(told, "order") != order:
            raise Refused("event_misplaced", n=n, told=number(told, "n"))
    except Refused:
        if changed:
            return None
        raise
    return Event(n, kind, at, data, digest)


def _name_swap(bundle: Container, n: int, body: bytes, report: Report) -> None:
    """Say it when the bytes of event n are those of another number, and the other way round."""
    other = _number_in(body)
    if other <= n or event_name(other) not in bundle.entries:
        return
    if _number_in(bundle.read(event_name(other))) == n:
        report.fault("events_swapped", n=n, other=other)


def _number_in(body: bytes) -> int:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return 0
    found = told.get("n", 0) if isinstance(told, dict) else 0
    return found if isinstance(found, int) else 0
