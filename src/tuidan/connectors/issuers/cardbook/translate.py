"""Between our records and Cardbook's JSON. Pure: no clock, no network.

The code itself never goes over the wire, only its SHA-256: the issuer knows its codes and finds it by that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from tuidan.connectors.contract import strict_json as read
from tuidan.connectors.contract.issuer import CodeState, CodeStatus, CreditState, CreditStatus

MILLISECONDS = 1000
CODE_STATES: dict[str, CodeState] = {
    "unused": "unused",
    "activated": "activated",
    "invalid": "invalid",
    "locked": "locked",
}
CREDIT_STATES: dict[str, CreditState] = {
    "credited": "credited",
    "partial": "partial",
    "not_credited": "not_credited",
    "reversed": "reversed",
}


def digest(code: str) -> str:
    """SHA-256 hex of the code as shown, in UTF-8, nothing trimmed. Raises ValueError for no code."""
    if not code:
        raise ValueError("no code to ask for")
    return hashlib.sha256(code.encode()).hexdigest()


def to_body(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def code_statuses(body: bytes, digests: Sequence[str]) -> list[CodeStatus]:
    """One status for each digest asked, in that order. Raises Unreadable.

    A digest without an answer, a state that Cardbook does not name, or facts that contradict the state
    (a time of activation for an unused code) make `unknown`.
    """
    values = read.read_object(body)
    checked_at = read.time_or_none(values, "answered_at", per_second=MILLISECONDS)
    found: dict[str, CodeStatus] = {}
    for item in read.objects(values, "codes"):
        name = read.text(item, "digest", length_max=64) or ""
        if name in found:
            raise read.Unreadable("digest_twice")
        activated_at = read.time_or_none(item, "activated_at", per_second=MILLISECONDS)
        activated_by = read.text(item, "activated_by", required=False, length_max=200) or None
        state = CODE_STATES.get(read.text(item, "status") or "", "unknown")
        error_code = "issuer_does_not_know" if state == "unknown" else None
        if state == "unused" and (activated_at or activated_by):
            state, error_code = "unknown", "answer_contradicts_itself"
        face = read.integer(item, "face_fen") if item.get("face_fen") is not None else None
        # without the digest: it would tell a short code to whoever tries them all
        told = {field: value for field, value in item.items() if field != "digest"}
        raw = json.dumps(told, ensure_ascii=False, sort_keys=True)
        found[name] = CodeStatus(state, activated_at, activated_by, checked_at, error_code, raw, face)
    missing = CodeStatus("unknown", checked_at=checked_at, error_code="not_answered")
    return [found.get(wanted, missing) for wanted in digests]


def credit_status(body: bytes, reference: str) -> CreditStatus:
    """What arrived under `reference`. Raises Unreadable. A sum that contradicts the state makes `unknown`."""
    values = read.read_object(body)
    raw = body.decode()
    if read.text(values, "reference") != reference:
        return CreditStatus("unknown", error_code="answer_mismatch", raw=raw)
    state = CREDIT_STATES.get(read.text(values, "status") or "", "unknown")
    arrived = read.integer(values, "arrived_fen") if values.get("arrived_fen") is not None else None
    ordered = read.integer(values, "ordered_fen") if values.get("ordered_fen") is not None else None
    error_code = "issuer_does_not_know" if state == "unknown" else None
    if not _consistent(state, arrived, ordered):
        state, error_code = "unknown", "answer_contradicts_itself"
    return CreditStatus(
        status=state,
        account=read.text(values, "account", required=False, length_max=200) or None,
        arrived_fen=arrived,
        credited_at=read.time_or_none(values, "credited_at", per_second=MILLISECONDS),
        ordered_fen=ordered,
        reversed_at=read.time_or_none(values, "reversed_at", per_second=MILLISECONDS),
        checked_at=read.time_or_none(values, "answered_at", per_second=MILLISECONDS),
        error_code=error_code,
        raw=raw,
        revocable=_flag(values.get("revocable")),
    )


def _flag(told: object) -> bool | None:
    """What is not plainly true or false is not said."""
    return told if isinstance(told, bool) else None


def _consistent(state: CreditState, arrived: int | None, ordered: int | None) -> bool:
    if state in ("not_credited", "reversed"):
        return not arrived
    if state in ("credited", "partial"):
        if not arrived:
            return False
        short = ordered is not None and arrived < ordered
        return short if state == "partial" and ordered is not None else not (state == "credited" and short)
    return True
