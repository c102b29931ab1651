"""The sandbox's own door (`/_control/...`): puts codes and credits in, makes trouble, shows what is there."""

from __future__ import annotations

import time
from typing import Any

from .books import CODE_STATES, TROUBLES, Books, digest


def control(books: Books, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """(HTTP status, answer). Paths: codes, code, credit, trouble, reset."""
    try:
        match path:
            case "/_control/codes":
                return 200, {"registered": register(books, body)}
            case "/_control/code":
                set_code(books, body)
                return 200, {}
            case "/_control/credit":
                books.credit(body)
                return 200, {}
            case "/_control/trouble":
                make_trouble(books, body)
                return 200, {}
            case "/_control/reset":
                books.run("DELETE FROM troubles")
                return 200, {}
            case _:
                return 404, {"error": "no such control"}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return 400, {"error": f"{type(error).__name__}: {error}"}


def register(books: Books, body: dict[str, Any]) -> int:
    """`codes`: list of text; `status` of all, unused unless said."""
    status = body.get("status", "unused")
    if status not in CODE_STATES:
        raise ValueError(f"{status!r} is not one of {', '.join(CODE_STATES)}")
    return books.register(body["codes"], status)


def set_code(books: Books, body: dict[str, Any]) -> None:
    """`code`, `status`, `face_fen` where it is to be said; for activated: `activated_by` (account) and `activated_at`
    (Unix ms; absent: now, null: none).
    """
    at = body.get("activated_at", int(time.time() * 1000)) if body["status"] == "activated" else None
    books.set_code(body["code"], body["status"], at, body.get("activated_by"), body.get("face_fen"))


def make_trouble(books: Books, body: dict[str, Any]) -> None:
    """`kind`, `next` N questions or for ever, for one `code`, one `reference` or all; `seconds` for slow."""
    if body["kind"] not in TROUBLES:
        raise ValueError(f"{body['kind']!r} is not one of {', '.join(TROUBLES)}")
    wanted = digest(body["code"]) if body.get("code") else None
    books.run(
        "INSERT INTO troubles (kind, digest, reference, remaining, seconds) VALUES (?,?,?,?,?)",
        (body["kind"], wanted, body.get("reference"), body.get("next"), body.get("seconds", 20.0)),
    )


def state(books: Books, reference: str | None) -> dict[str, Any]:
    """Codes by state, credits by reference, questions by path."""
    return {
        "codes": {
            row["status"]: row["n"]
            for row in books.rows("SELECT status, count(*) AS n FROM codes GROUP BY status")
        },
        "credits": books.rows(
            "SELECT * FROM credits WHERE ? IS NULL OR reference = ? ORDER BY credited_at",
            (reference, reference),
        ),
        "questions": {
            row["path"]: row["n"]
            for row in books.rows("SELECT path, count(*) AS n FROM questions GROUP BY path")
        },
    }
