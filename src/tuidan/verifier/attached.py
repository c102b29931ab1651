"""What hangs on the events: the listing as confirmed, the policy, decisions, words and files. Events name all of it."""

from __future__ import annotations

import hashlib

from tuidan.verifier.chain import Event
from tuidan.verifier.container import Container
from tuidan.verifier.finding import Refused, Report
from tuidan.verifier.manifest import Manifest
from tuidan.verifier.strict_json import Table, list_of, number, read_json, table_of, text, write_json

WORDS_FIELDS = ("text_sha256", "note_sha256", "link_sha256")
FILE_FIELDS = ("file_sha256", "files", "cleaned")


def check_listing(bundle: Container, events: list[Event], report: Report) -> None:
    """The listing and terms are those whose hash the buyer's order holds. Raises Refused."""
    first = events[0]
    if first.kind != "order_placed":
        raise Refused("not_an_order")
    if hashlib.sha256(bundle.read("listing.json")).hexdigest() != text(first.data, "snapshot_sha256"):
        raise Refused("listing_differs")
    listing = read_json("listing.json", bundle.read("listing.json"))
    report.ok("listing_holds", title=str(listing.get("title", ""))[:80])


def check_policy(bundle: Container, events: list[Event], report: Report) -> None:
    """The rules of the order are there, byte for byte, and are the ones it was placed under. Raises Refused."""
    pinned = text(events[0].data, "policy_sha256")
    for name in bundle.entries:
        if not name.startswith("policy/"):
            continue
        told = name[len("policy/") : -len(".json")]
        if told != pinned:
            raise Refused("policy_foreign", name=name)
        if bundle.sha256(name)[0] != told:
            raise Refused("policy_changed", name=name)
        report.ok("policy_holds", sha256=pinned)
        return
    raise Refused("missing_file", name=f"policy/{pinned}.json")


def check_decisions(bundle: Container, events: list[Event], order: str, report: Report) -> None:
    """Each verdict stands so in its event, under the pinned rules. Raises Refused."""
    rulings = {event.n: event for event in events if event.data.get("verdict")}
    seen: set[int] = set()
    for name in sorted(bundle.entries):
        if not name.startswith("decision-") or not name.endswith(".json"):
            continue
        told = read_json(name, bundle.read(name))
        if text(told, "order") != order or name != f"decision-{number(told, 'case')}.json":
            raise Refused("decision_differs", name=name, n=0)
        for value in list_of(told.get("rulings"), "rulings"):
            seen.add(_check_ruling(name, table_of(value, "rulings"), number(told, "case"), rulings))
        _check_facts(bundle, name, events)
    if seen:
        report.ok("decisions_hold", count=len(seen))


def _check_ruling(name: str, told: Table, case: int, rulings: dict[int, Event]) -> int:
    n = number(told, "event")
    event = rulings.get(n)
    if event is None or event.data.get("case", 0) != case or told.get("kind") != event.kind:
        raise Refused("decision_differs", name=name, n=n)
    if write_json(told.get("verdict")) != write_json(event.data.get("verdict")):
        raise Refused("decision_differs", name=name, n=n)
    return n


def _check_facts(bundle: Container, decision: str, events: list[Event]) -> None:
    """The inputs belong to the decision: its moment, its goods, its price. The rest `tuidan decide` shows."""
    name = decision.removesuffix(".json") + ".facts.jsonl"
    if name not in bundle.entries:
        return
    placed = events[0].data
    prices = list_of(placed.get("unit_paid_fen"), "unit_paid_fen")
    for line in bundle.read(name).split(b"\n")[:-1]:
        told = read_json(name, line, fractions=True)
        n, facts = number(told, "event"), table_of(told.get("facts"), "facts")
        at = events[n - 1].at if 1 <= n <= len(events) else ""
        same = facts.get("now") == at and facts.get("amount_paid_fen") in prices
        if not same or any(facts.get(key) != placed.get(key) for key in ("goods_kind", "seller_type")):
            raise Refused("facts_differ", name=name, n=n)


def check_words(bundle: Container, events: list[Event], report: Report) -> None:
    """Messages and other words are those whose salted hash their event holds. Raises Refused."""
    held = 0
    for event in events:
        name = f"words/{event.n:04d}.txt"
        hashes = [event.data[field] for field in WORDS_FIELDS if event.data.get(field)]
        if name in bundle.entries:
            if bundle.sha256(name)[0] not in hashes:
                raise Refused("words_differ", n=event.n, name=name)
            held += 1
        elif hashes:
            report.note("words_absent", n=event.n)
    if "words/account.txt" in bundle.entries:
        if bundle.sha256("words/account.txt")[0] != events[0].data.get("account_proof"):
            raise Refused("words_differ", n=1, name="words/account.txt")
        held += 1
    told = sum(name.startswith("words/") for name in bundle.entries)
    if told != held:
        raise Refused("words_of_nothing")
    if held:
        report.ok("words_hold", count=held)


def check_evidence(bundle: Container, manifest: Manifest, events: list[Event], report: Report) -> None:
    """Files of evidence are those that events name by their SHA-256. Raises Refused."""
    named = {sha256: event.n for event in events for sha256 in files_of(event)}
    held = 0
    for name in bundle.entries:
        if not name.startswith("evidence/"):
            continue
        told = name[len("evidence/") :]
        if bundle.sha256(name)[0] != told:
            raise Refused("evidence_changed", name=name)
        if told not in named:
            raise Refused("evidence_of_nothing", name=name)
        held += 1
    for sha256, n in named.items():
        if f"evidence/{sha256}" not in bundle.entries:
            if sha256 not in manifest.absent:
                raise Refused("evidence_missing", n=n, name=f"evidence/{sha256}")
            report.note(f"evidence_absent_{manifest.absent[sha256]}", n=n, sha256=sha256)
    if held:
        report.ok("evidence_holds", count=held)


def files_of(event: Event) -> list[str]:
    """The files that an event names by their SHA-256: as they came, and cleaned of what a picture tells unseen."""
    found: list[str] = []
    for field in FILE_FIELDS if event.kind == "exhibit_filed" else ():
        value = event.data.get(field)
        found += [value] if isinstance(value, str) and value else []
        found += [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    return found
