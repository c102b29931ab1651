"""Story: the buyer takes the evidence along, and a stranger with one file and one key checks it, trusting nobody."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tuidan.sandbox.client import POLL_SECONDS, WAIT_SECONDS, expect
from tuidan.sandbox.stage import Stage

# One letter of the event in which the buyer asked.
BEFORE, AFTER = b'"kind":"refund_requested"', b'"kind":"refund_requestes"'


def stranger_verifies_the_bundle(stage: Stage) -> None:
    """Downloaded by the API, verified by a process that has only verify.py and a key, refused for one changed byte."""
    order_id = stage.buy("card")
    stage.buyer.post(f"/orders/{order_id}/messages", {"words": "请保留这次退款的记录"})
    stage.buyer.ask_refund(order_id, "no_reason")
    bundle = _bundle(stage, order_id)
    site = stage.world.url
    verifier = httpx.get(f"{site}/verify/verify.py").raise_for_status().content
    vkey = httpx.get(f"{site}/log/keys").raise_for_status().text.split()[0]
    with tempfile.TemporaryDirectory() as told:
        folder = Path(told)
        (folder / "verify.py").write_bytes(verifier)
        status, said = _verify(folder, bundle, vkey)
        expect(status == 0 and "全部通过" in said, f"the bundle was refused: {said}")
        expect(bundle.count(BEFORE) > 0, "the bundle does not hold the request")
        status, said = _verify(folder, bundle.replace(BEFORE, AFTER, 1), vkey)
        expect(status == 1, "one changed letter was not found")
        expect("被改动过：与哈希链不符" in said, f"the changed event was not named: {said}")


def _bundle(stage: Stage, order_id: str) -> bytes:
    """The bundle, asked for until the log covers all of it."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        answer = stage.buyer.http.get(f"/orders/{order_id}/bundle")
        expect(
            answer.status_code == 200, f"the bundle was answered {answer.status_code}: {answer.text[:200]}"
        )
        covered, _, events = answer.headers["Tuidan-Covered"].partition("/")
        if covered == events:
            return answer.content
        expect(time.monotonic() < until, f"only {covered} of {events} events came into the log")
        time.sleep(POLL_SECONDS)


def _verify(folder: Path, bundle: bytes, vkey: str) -> tuple[int, str]:
    """What verify.py answers to somebody who knows the log's key and nothing else."""
    (folder / "bundle.zip").write_bytes(bundle)
    words = [sys.executable, "-I", "verify.py", "bundle.zip", "--vkey", vkey]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
