"""The verifiers tell the posting rule again, in Python and in JavaScript: both must say what the platform's says."""

import json
import shutil
import subprocess
from dataclasses import MISSING, fields
from pathlib import Path

import orjson
import pytest

from tuidan.domain import events as e
from tuidan.domain.ledger import POSTINGS, postings_of
from tuidan.verifier.chain import Event
from tuidan.verifier.ledger import RULES, balances_of
from tuidan.verifier.ledger import postings_of as retold

SCRIPT = Path(__file__).parents[2] / "src/tuidan/web/shared/static/tuidan/verify/ledger.js"


def filled(kind: type[e.Event], least: int) -> e.Event:
    """An event of a kind with a number in every field that can hold one; `least` 0 leaves the rarer ones out."""
    values: dict[str, object] = {}
    for place, field in enumerate(fields(kind), start=least):
        if field.default is not MISSING and not least:
            continue
        told = {"int": 10 * (place + 1), "str": "alipay", "bool": True}.get(str(field.type))
        if told is not None:
            values[field.name] = told
    return kind(**values)


def samples() -> list[e.Event]:
    return [filled(kind, least) for kind in POSTINGS for least in (0, 1)]


def plain(event: e.Event) -> dict[str, object]:
    """The event's data as a reader of the bundle gets them."""
    found: dict[str, object] = orjson.loads(orjson.dumps(e.event_data(event)))
    return found


def platform_says(event: e.Event) -> list[tuple[str, str, int]]:
    return [(one.debit, one.credit, one.amount_fen) for one in postings_of(event)]


def test_every_kind_that_posts_is_told_and_no_other() -> None:
    kinds = {name for name, kind in e.KINDS.items() if kind in POSTINGS}
    assert set(RULES) == kinds


@pytest.mark.parametrize("event", samples(), ids=e.kind_of)
def test_python_posts_what_the_platform_posts(event: e.Event) -> None:
    assert platform_says(event) != []
    assert retold(e.kind_of(event), plain(event)) == platform_says(event)


def test_the_browser_posts_what_the_platform_posts() -> None:
    node = shutil.which("node")
    assert node is not None
    told = [{"n": n, "kind": e.kind_of(event), "data": plain(event)} for n, event in enumerate(samples(), 1)]
    program = (
        f"import {{ postingsOf, balancesOf }} from {json.dumps(SCRIPT.as_uri())};"
        f"const found = postingsOf({json.dumps(told)});"
        "console.log(JSON.stringify([found, balancesOf(found)]));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found, balances = json.loads(done.stdout)
    due = [[n, *one] for n, event in enumerate(samples(), 1) for one in platform_says(event)]
    assert found == due
    assert balances == balances_of([(debit, credit, fen) for _, debit, credit, fen in due])


def test_an_event_that_posts_nothing_posts_nothing() -> None:
    told = Event(1, "message_sent", "", {"amount_fen": 5}, "")
    assert retold(told.kind, told.data) == []
