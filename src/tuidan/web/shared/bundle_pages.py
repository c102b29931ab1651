"""What a person reads in a bundle: README.txt, index.html with its look, and the verifier. Same order, same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from importlib.resources import files

import orjson
from django.template.loader import render_to_string

from tuidan.domain.bundle.archive import File, small_file
from tuidan.domain.bundle.layout import Contents
from tuidan.domain.evidence import ChainLink
from tuidan.domain.ledger import fold, postings_of
from tuidan.reads.bundle import plain_words
from tuidan.verifier.notes import read_key
from tuidan.verifier.single import single_file, single_sha256
from tuidan.web.shared.case_shown import reasons_shown
from tuidan.web.shared.moments import BEIJING
from tuidan.web.shared.money import yuan
from tuidan.web.shared.timeline import actor_of, actor_text, event_text
from tuidan.web.shared.words import WORDS, say

PROOF_CHARS = 16
READER = "anybody"  # nobody in particular: no line says 您
COLUMNS = ("n", "at", "actor", "act", "proof")
HTML_NAMES = {"zh": "zh-CN", "en": "en"}


def explainer(public_url: str) -> Callable[[Contents], Sequence[File]]:
    """The writer of these pages for a platform that stands at this address."""
    return partial(write_pages, public_url)


def write_pages(public_url: str, contents: Contents) -> list[File]:
    """The files that stand first in a bundle."""
    seal = contents.seal
    vkey = seal.vkey if seal else ""
    told = {
        "order_id": contents.order_id,
        "case": contents.case,
        "events": len(contents.links),
        "covered": seal.covered if seal else 0,
        "stamped": bool(seal and seal.token),
        "url": public_url,
        "vkey": vkey,
        "fingerprint": read_key(vkey).fingerprint() if vkey else "",
        "verifier_sha256": single_sha256(),
        "policy_sha256": contents.policy.sha256,
    }
    readme = render_to_string("shared/bundle/readme.txt", told)
    parts = [_part(contents, told, language) for language in ("zh", "en")]
    page = render_to_string("shared/bundle/index.html", {**told, "title": parts[0]["title"], "parts": parts})
    sheets = files("tuidan.web.shared").joinpath("static", "tuidan")
    look = b"".join(sheets.joinpath(name).read_bytes() for name in ("tokens.css", "bundle.css"))
    return [
        small_file("README.txt", readme.encode()),
        small_file("index.html", page.encode()),
        small_file("index.css", look),
        small_file("verify.py", single_file()),
    ]


def _part(contents: Contents, told: dict[str, object], language: str) -> dict[str, object]:
    """The whole story in one language."""
    snapshot = orjson.loads(contents.snapshot)
    totals = fold(posting for _, event, _ in contents.events for posting in postings_of(event))
    title = snapshot.get("title_en") if language == "en" else snapshot.get("title")
    covered = say("bundle.about.covered_says", language, covered=told["covered"], events=told["events"])
    about = (
        ("goods", str(title or snapshot.get("title", ""))),
        ("shop", str(snapshot.get("shop_name", ""))),
        ("price", say("bundle.yuan", language, amount=yuan(totals.received))),
        ("back", say("bundle.yuan", language, amount=yuan(totals.refunded))),
        ("policy", f"{contents.policy.name.id} {contents.policy.name.version}"),
        ("covered", covered),
    )
    return {
        "lang": HTML_NAMES[language],
        "title": say("bundle.title", language, order=contents.order_id),
        "lead": say("bundle.lead", language),
        "about": [(say(f"bundle.about.{name}", language), value) for name, value in about if value],
        "happened": say("bundle.happened", language),
        "columns": [say(f"bundle.column.{name}", language) for name in COLUMNS],
        "rows": [_row(link, contents, language) for link in contents.links],
        "how": say("bundle.how", language),
        "how_says": say("bundle.how_says", language, url=told["url"]),
        "fingerprint": say("bundle.fingerprint", language),
    }


def _row(link: ChainLink, contents: Contents, language: str) -> dict[str, object]:
    told = orjson.loads(link.body)
    kind, data = told["kind"], told["data"]
    at = datetime.fromisoformat(told["at"]).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    held = {file.name.removeprefix("evidence/") for file in contents.evidence}
    named = [one for field in ("cleaned", "files") for one in data.get(field, []) if one in held]
    return {
        "n": link.n,
        "at": at,
        "actor": actor_text(actor_of(kind, told["actor"]["kind"]), language, READER),
        "act": event_text(kind, data, language) if f"event.{kind}" in WORDS else kind,
        "words": plain_words(kind, contents.words.get(link.n, "")),
        "reasons": [reason.text for reason in reasons_shown(data.get("verdict", {}), language)],
        "files": [f"evidence/{one}" for one in dict.fromkeys(named)],
        "proof": link.hash.hex()[:PROOF_CHARS],
    }
