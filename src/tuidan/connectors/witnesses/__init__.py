"""Witnesses of our log, run by others: each is an address and a verifier key, all speak one protocol."""

from __future__ import annotations

from collections.abc import Mapping

from tuidan.connectors.contract.address import check_seconds, check_web_address
from tuidan.connectors.contract.witness import LogWitness
from tuidan.connectors.witnesses.client import TlogWitness
from tuidan.domain.tlog.note import COSIGNATURE, BadNote, read_vkey

__all__ = ["TlogWitness", "connect", "connect_all"]

TOTAL_SECONDS = 10.0


def connect(name: str, settings: Mapping[str, str]) -> TlogWitness:
    """The witness of `[witnesses.NAME]` from its settings `url` and `vkey`. Raises ValueError for wrong ones."""
    missing = [each for each in ("url", "vkey") if not settings.get(each)]
    if missing:
        raise ValueError(f"settings of the witness {name} missing: {', '.join(missing)}")
    check_web_address(f"url of the witness {name}", settings["url"])
    seconds = float(settings.get("total_seconds", TOTAL_SECONDS))
    check_seconds(seconds)
    try:
        key = read_vkey(settings["vkey"])
    except BadNote as error:
        raise ValueError(f"vkey of the witness {name}: {error}") from error
    if key.kind != COSIGNATURE:
        raise ValueError(f"vkey of the witness {name} is not a cosigner's (kind {COSIGNATURE})")
    return TlogWitness(name, settings["url"].rstrip("/"), key, seconds)


def connect_all(settings: Mapping[str, Mapping[str, str]]) -> dict[str, LogWitness]:
    """All witnesses that the settings name."""
    return {name: connect(name, settings[name]) for name in sorted(settings)}
