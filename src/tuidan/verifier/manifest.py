"""The list of the bundle's files: every file is named with its SHA-256 and size, and nothing else is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tuidan.verifier.container import Container, shown
from tuidan.verifier.finding import Refused, Report
from tuidan.verifier.strict_json import Table, list_of, number, read_json, table_of, text

FORMAT = "tuidan-bundle-1"
NAME, SIGNED = "manifest.json", "manifest.note"
SIGNED_FORM = "tuidan.bundle/1"
ORDER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FIELDS_OF_MANIFEST = {"absent", "case", "covered", "events", "files", "format", "order"}
ABSENT_WHY = {"erased", "not_shown", "too_large", "unavailable"}


@dataclass(frozen=True)
class Manifest:
    """Whose bundle it is, how many events it has and how many of them the log covers, and what is left out."""

    order: str
    case: int
    events: int
    covered: int
    files: dict[str, Table]
    absent: dict[str, str]  # SHA-256 of a file of evidence → why it is not here


def read_manifest(bundle: Container) -> Manifest:
    """Raises Refused where the list is missing or malformed."""
    told = read_json(NAME, bundle.read(NAME))
    if text(told, "format") != FORMAT or set(told) != FIELDS_OF_MANIFEST:
        raise Refused("unknown_format", told=shown(told.get("format", "")))
    if not ORDER.fullmatch(text(told, "order")):
        raise Refused("bad_field", name="order")
    files = {name: table_of(one, name) for name, one in table_of(told["files"], "files").items()}
    absent = {}
    for value in list_of(told["absent"], "absent"):
        row = table_of(value, "absent")
        if text(row, "why") not in ABSENT_WHY:
            raise Refused("bad_field", name="absent")
        absent[text(row, "sha256")] = text(row, "why")
    counts = (number(told, "case"), number(told, "events"), number(told, "covered"))
    return Manifest(text(told, "order"), *counts, files, absent)


def check_files(bundle: Container, manifest: Manifest, report: Report) -> None:
    """Hold every file against the list."""
    before = report.faults
    for name in bundle.entries:
        if name in (NAME, SIGNED):
            if not bundle.sha256(name)[1]:
                report.fault("zip_changed", place=name)
            continue
        if name not in manifest.files:
            report.fault("file_not_listed", name=name)
            continue
        told = manifest.files[name]
        digest, whole = bundle.sha256(name)
        if (told.get("sha256"), told.get("size")) != (digest, bundle.entries[name].size) or len(told) != 2:
            report.fault("file_changed", name=name)
        elif not whole:
            report.fault("zip_changed", place=name)
    for name in manifest.files:
        if name not in bundle.entries:
            report.fault("missing_file", name=shown(name))
    if report.faults == before:
        report.ok("files_hold", count=len(bundle.entries))
