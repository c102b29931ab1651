"""The files of a bundle that follow from the order: events, chain, head, ledger, decisions, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import orjson

from tuidan.domain.bundle.archive import File, small_file
from tuidan.domain.bundle.ruling import Ruling
from tuidan.domain.evidence import ChainLink, canonical_bytes
from tuidan.domain.ledger import balances, postings_of
from tuidan.domain.replay_order import Told

FORMAT = "tuidan-bundle-1"
MANIFEST = "manifest.json"
SIGNED = "manifest.note"
SIGNED_FORM = "tuidan.bundle/1"


def event_files(links: Sequence[ChainLink]) -> list[File]:
    """Each event byte for byte as it was hashed, and the hashes, so that a wrong event can be named."""
    files = [small_file(f"events/{link.n:04d}.json", link.body) for link in links]
    chain = "".join(f"{link.n} {link.hash.hex()}\n" for link in links)
    return [*files, small_file("events/chain.txt", chain.encode())]


def ledger_file(order_id: str, currency: str, events: Iterable[Told]) -> File:
    """Every posting with the event it belongs to, and each account's debits minus credits, fen."""
    made = [(n, posting) for n, event, _ in events for posting in postings_of(event)]
    told: dict[str, object] = {
        "order": order_id,
        "currency": currency,
        "postings": [
            {"event": n, "debit": one.debit, "credit": one.credit, "amount_fen": one.amount_fen}
            for n, one in made
        ],
        "balances": balances(posting for _, posting in made),
    }
    return small_file("ledger.json", canonical_bytes(told))


def decision_files(order_id: str, rulings: Sequence[Ruling]) -> list[File]:
    """For each case what was decided, as its events say; beside it the facts, as `tuidan decide` reads them."""
    files = []
    for case in sorted({ruling.case for ruling in rulings}):
        of_case = [ruling for ruling in rulings if ruling.case == case]
        told = {
            "order": order_id,
            "case": case,
            "rulings": [{"event": one.n, "kind": one.kind, "verdict": one.verdict} for one in of_case],
        }
        files.append(small_file(f"decision-{case}.json", canonical_bytes(told)))
        lines = [_facts_line(one) for one in of_case if one.facts is not None]
        if lines:
            files.append(small_file(f"decision-{case}.facts.jsonl", b"".join(lines)))
    return files


def _facts_line(ruling: Ruling) -> bytes:
    told = {"id": f"case-{ruling.case}-event-{ruling.n}", "event": ruling.n, "facts": ruling.facts}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def manifest_file(
    order_id: str, case: int, events: int, covered: int, files: Iterable[File], absent: Mapping[str, str]
) -> File:
    """The list of all other files; `absent` says of each file of evidence that is left out why."""
    told: dict[str, object] = {
        "format": FORMAT,
        "order": order_id,
        "case": case,
        "events": events,
        "covered": covered,
        "files": {file.name: {"sha256": file.sha256, "size": file.size} for file in files},
        "absent": [{"sha256": sha256, "why": why} for sha256, why in sorted(absent.items())],
    }
    return small_file(MANIFEST, canonical_bytes(told))


def signed_text(order_id: str, case: int, manifest: File) -> str:
    """What the platform signs of a bundle: whose it is, and the hash of its list."""
    return f"{SIGNED_FORM}\n{order_id}\n{case}\n{manifest.sha256}\n"
