"""The whole check of a bundle, in the order in which one thing rests on another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tuidan.verifier.attached import (
    check_decisions,
    check_evidence,
    check_listing,
    check_policy,
    check_words,
)
from tuidan.verifier.chain import read_events
from tuidan.verifier.container import Container
from tuidan.verifier.finding import Refused, Report
from tuidan.verifier.ledger import check_ledger
from tuidan.verifier.manifest import Manifest, check_files, read_manifest
from tuidan.verifier.sealing import (
    Trust,
    check_list_signed,
    check_log_key,
    check_proof,
    check_token,
    check_witnesses,
)
from tuidan.verifier.strict_json import read_json


def check_bundle(path: Path, trust: Trust) -> Report:
    """Check a bundle file. Never raises for what a bundle holds: all that is wrong is in the report."""
    report = Report()
    try:
        bundle = Container(path)
    except Refused as error:
        report.refused(error)
        return report
    try:
        _check(bundle, trust, report)
    finally:
        bundle.close()
    return report


def _check(bundle: Container, trust: Trust, report: Report) -> None:
    try:
        manifest = read_manifest(bundle)
        check_files(bundle, manifest, report)
    except Refused as error:
        report.refused(error)
        return
    _try(report, lambda: check_list_signed(bundle, manifest, trust, report))
    report.note("about", order=manifest.order, case=manifest.case, count=manifest.events)
    _try(report, lambda: _check_events(bundle, manifest, trust, report))
    if manifest.covered:
        _try(report, lambda: check_log_key(bundle, trust, report))
        _try(report, lambda: check_witnesses(bundle, trust, report))
        _try(report, lambda: check_token(bundle, trust, report))
    else:
        report.fault("not_in_log")


def _check_events(bundle: Container, manifest: Manifest, trust: Trust, report: Report) -> None:
    events = read_events(bundle, manifest.order, report)
    if len(events) != manifest.events:
        report.fault("event_count", told=manifest.events, count=len(events))
    if manifest.covered:
        _try(report, lambda: check_proof(bundle, manifest, events, report))
    _try(report, lambda: check_listing(bundle, events, report))
    _try(report, lambda: check_policy(bundle, events, report))
    ledger = "ledger.json"
    _try(report, lambda: check_ledger(read_json(ledger, bundle.read(ledger)), events, manifest.order, report))
    _try(report, lambda: check_decisions(bundle, events, manifest.order, report))
    _try(report, lambda: check_words(bundle, events, report))
    _try(report, lambda: check_evidence(bundle, manifest, events, report))


def _try(report: Report, check: Callable[[], None]) -> None:
    """One check: what it refuses is told, and the others still run."""
    try:
        check()
    except Refused as error:
        report.refused(error)
