"""The administrator's edit is found: history made anew and signed again does not fit what a witness has kept."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
from django.db import connections

from tuidan.domain.tlog.note import Key, read_vkey
from tuidan.sandbox.administrator import Administrator, putting_back
from tuidan.sandbox.client import StoryFailed, expect
from tuidan.sandbox.stage import Stage
from tuidan.store.audit.run import audit, audit_page
from tuidan.store.log.keys import load_keys

COMMAND_SECONDS = 120
LOGGED_SECONDS = 20.0


def administrators_edit_is_found(stage: Stage) -> None:
    order_id = stage.buy("card")
    stage.buyer.reveal(order_id)
    _wait_logged(stage, order_id)
    if stage.world.worker:
        stage.world.worker.stop()
    folder = stage.world.processes.folder.parent / "witness"
    witness = read_vkey(_run("key", "--folder", str(folder), "--name", "seller.example", code=0).strip())
    _follow(stage, folder, 0)
    kept = next((folder / "logs").glob("*.checkpoint")).read_bytes()
    expect(not _found(kept, witness), "the audit finds something before anything was edited")
    connections["owner"].ensure_connection()
    admin = Administrator(connections["owner"].connection)
    with putting_back(admin, UUID(order_id)):
        _move_the_reveal(admin, UUID(order_id))
        expect(not audit_page([UUID(order_id)]), "by itself, all of it should fit together again")
        said = _follow(stage, folder, 1)
        expect("history was rewritten" in said, f"the witness says: {said[-300:]}")
        found = _found(kept, witness)
        expect("log_history_differs" in found, f"the audit against what the witness kept says: {found}")
    _follow(stage, folder, 0)
    expect(not _found(kept, witness), "the world was not put right again")
    connections["owner"].close()


def _found(kept: bytes, witness: Key) -> set[str]:
    """What `tuidan audit --against` finds."""
    return {difference.what for difference in audit(against=[kept], trusted=[witness])}


def _move_the_reveal(admin: Administrator, order_id: UUID) -> None:
    """Say that the buyer looked an hour earlier, with every hash, the state and the whole log made anew."""
    events = admin.events(order_id)
    for event in events:
        if event["kind"] == "code_revealed":
            event["at"] = (datetime.fromisoformat(event["at"]) - timedelta(hours=1)).isoformat()
    expect(admin.rewrite(order_id, events), "the edited history makes no sense as an order")
    admin.sign_again()


def _wait_logged(stage: Stage, order_id: str) -> None:
    """Wait until a signed checkpoint covers the order as it is."""
    end = time.monotonic() + LOGGED_SECONDS
    while time.monotonic() < end:
        events = stage.buyer.get(f"/orders/{order_id}/events")["events"]
        entry = httpx.get(f"{stage.world.url}/log/orders/{order_id}/entry", timeout=10)
        if entry.status_code == 200 and f'"n":{len(events)},' in entry.text:
            return
        time.sleep(0.1)
    raise StoryFailed("the order did not come into the log")


def _follow(stage: Stage, folder: Path, code: int) -> str:
    vkeys = [word for key in load_keys() for word in ("--vkey", key.key.vkey())]
    url = f"{stage.world.url}/log"
    return _run("follow", "--once", "--folder", str(folder), "--log-url", url, *vkeys, code=code)


def _run(*words: str, code: int) -> str:
    """What the witness says, a process that knows nothing of us; raises StoryFailed unless it ends with this code."""
    done = subprocess.run(
        [sys.executable, "-m", "tuidan.witness", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=COMMAND_SECONDS,
        check=False,
    )
    said = done.stdout + done.stderr
    expect(done.returncode == code, f"{words[0]} ended with {done.returncode}: {said[-400:]}")
    return done.stdout if code == 0 else said
