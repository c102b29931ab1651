"""The small world: sandboxes of the outside, the site, the worker. Used by the demo, the stories and the tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import httpx

from tuidan.sandbox.goods import Cast
from tuidan.sandbox.processes import Processes, Started, free_port

CALL_LIMIT_SECONDS = 3
ALIPAY = "tuidan.connectors.payments.alipay.sandbox"
GOOFISH = "tuidan.connectors.suppliers.goofish.sandbox"
CARDBOOK = "tuidan.connectors.issuers.cardbook.sandbox"
RFC3161 = "tuidan.connectors.timestamps.rfc3161.sandbox"
STAMP_MINUTES = 1
CALL_SECONDS = 30.0
UNTIL = "--until-stdin-closes"


@dataclass(slots=True)
class World:
    """Everything that runs, and how to reach it over HTTP."""

    processes: Processes
    url: str
    alipay: Started
    supplier: Started
    issuer: Started
    stamper: Started | None = None  # needs the program openssl; without it nothing is stamped
    web: Started | None = None
    worker: Started | None = None
    cast: Cast | None = None

    def tell(self, sandbox: Started, path: str, told: dict[str, object]) -> dict[str, object]:
        """Tell a sandbox to do or to misbehave; raises ValueError with its words on anything but 200."""
        answer = httpx.post(f"{sandbox.ready['url']}/_control/{path}", json=told, timeout=CALL_SECONDS)
        if answer.status_code != 200:
            raise ValueError(f"{sandbox.name} {path}: {answer.text[:300]}")
        return answer.json() if answer.content else {}

    def ask(self, sandbox: Started, query: str = "") -> dict[str, object]:
        """What a sandbox holds: trades, refunds, accounts, orders, credits."""
        answer = httpx.get(f"{sandbox.ready['url']}/_control/state{query}", timeout=CALL_SECONDS)
        answer.raise_for_status()
        return answer.json()

    def start_web(self) -> None:
        """Start the site and wait until it answers."""
        port = self.url.rsplit(":", 1)[1]
        self.web = self.processes.start("web", ["tuidan", "serve", "--port", port, "--workers", "1", UNTIL])
        self.processes.wait_for_http(self.web, f"{self.url}/healthz")

    def start_worker(self, kill_at: str = "") -> None:
        """Start the worker; with `kill_at` it dies at that point, as a crash would."""
        options = ["--kill-at", kill_at] if kill_at else []
        self.worker = self.processes.start("worker", ["tuidan", "worker", *options, UNTIL])


@contextmanager
def outside_world(folder: Path, environment: dict[str, str], port: int = 0) -> Iterator[World]:
    """Start the sandboxes and write the connectors' file; ends everything that was started, whatever happens."""
    url = f"http://127.0.0.1:{port or free_port()}"
    told = {"TUIDAN_PUBLIC_URL": url, "TUIDAN_CALL_SECONDS": str(CALL_LIMIT_SECONDS)}
    processes = Processes(folder / "logs", {**environment, **told})
    try:
        issuer = processes.start_sandbox("cardbook", CARDBOOK)
        alipay = processes.start_sandbox("alipay", ALIPAY)
        supplier = processes.start_sandbox("goofish", GOOFISH, "--issuer-url", str(issuer.ready["url"]))
        stamper = processes.start_sandbox("rfc3161", RFC3161) if which("openssl") else None
        world = World(processes, url, alipay, supplier, issuer, stamper)
        (folder / "connectors.toml").write_text(connectors_toml(world), encoding="utf-8")
        yield world
    finally:
        processes.stop_all()


def connectors_toml(world: World) -> str:
    """The connectors' file that points the product at the sandboxes."""
    names = ("app_id", "seller_id", "app_private_key_file", "alipay_public_key_file")
    tables: dict[str, dict[str, object]] = {
        "payments.alipay": {name: world.alipay.ready[name] for name in names}
        | {"base_url": world.alipay.ready["gateway_url"]},
        "suppliers.goofish": _credentials(world.supplier),
        "issuers.cardbook": _credentials(world.issuer),
    }
    if world.stamper:
        ready = world.stamper.ready
        tables["timestamps.rfc3161"] = {
            "url": ready["url"],
            "ca": ready["ca"],
            "every_minutes": STAMP_MINUTES,
        }
    for settings in tables.values():
        settings["total_seconds"] = CALL_LIMIT_SECONDS
    lines = []
    for table, settings in tables.items():
        lines.append(f"[{table}]")
        lines += [f"{key} = {json.dumps(str(value))}" for key, value in settings.items()]
        lines.append("")
    return "\n".join(lines)


def _credentials(sandbox: Started) -> dict[str, object]:
    return json.loads(Path(str(sandbox.ready["credentials"])).read_text(encoding="utf-8"))
