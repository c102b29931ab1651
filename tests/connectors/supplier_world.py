"""A supplier sandbox that reports to an issuer sandbox, our connectors to both, and a notify_url."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox_world import Receiver, Sandbox, post, receiving, running

from tuidan.connectors.contract.supplier import SupplyRequest
from tuidan.connectors.issuers import cardbook
from tuidan.connectors.issuers.cardbook.sandbox import start_command as issuer_command
from tuidan.connectors.suppliers import goofish
from tuidan.connectors.suppliers.goofish.sandbox import start_command as supplier_command
from tuidan.connectors.suppliers.goofish.signature import signed_query

GOODS, PRICE, FACE = "HF-050", 4950, 5000
NOWHERE = "http://127.0.0.1:9/none"


class World:
    """A supplier sandbox, an issuer sandbox it reports to, our connector, and a notify_url."""

    def __init__(self, sandbox: Sandbox, issuer: Sandbox, receiver: Receiver) -> None:
        self.sandbox, self.issuer_sandbox, self.receiver = sandbox, issuer, receiver
        self.supplier = goofish.connect({**sandbox.settings, "total_seconds": "1.0"})
        self.issuer = cardbook.connect(issuer.settings)

    def request(self, behaviour: str = "succeed", *, quantity: int = 1, **fields: Any) -> SupplyRequest:
        account, reference = secrets.token_hex(6), secrets.token_hex(13) + "t1"
        self.sandbox.tell("behave", name=behaviour, account=account, **fields)
        return SupplyRequest(
            reference, GOODS, account, {}, quantity, PRICE * quantity, self.receiver.url, "T-" + reference
        )

    def executed(self, reference: str) -> int:
        return self.sandbox.state(reference)["orders"][reference]["executed"]

    def credits(self, reference: str) -> list[dict[str, Any]]:
        return self.issuer_sandbox.state(reference)["credits"]


@contextmanager
def supplier_world(folder: Path) -> Iterator[World]:
    """Both sandboxes with their state below `folder`; callbacks are retried quickly."""
    with (
        running(issuer_command(folder / "issuer"), folder / "issuer") as issuer,
        running(
            supplier_command(folder / "supplier", issuer_url=issuer.base_url, retry_seconds=0.05),
            folder / "supplier",
        ) as sandbox,
        receiving() as receiver,
    ):
        made = World(sandbox, issuer, receiver)
        yield made
        made.supplier.close_connections()
        made.issuer.close_connections()


def raw_call(
    sandbox: Sandbox, path: str, body: bytes, *, at: float | None = None, **keys: str
) -> dict[str, Any]:
    """A call signed by hand, so that it may be wrong."""
    used = {**sandbox.settings, **keys}
    query = signed_query(
        used["app_id"],
        used["app_secret"],
        body,
        str(int(at or time.time())),
        used["mch_id"],
        used["mch_secret"],
    )
    status, answer = post(f"{sandbox.base_url}{path}?{query}", body)
    assert status == 200
    return json.loads(answer)


def order_body(**fields: Any) -> dict[str, Any]:
    values = {
        "order_no": secrets.token_hex(13),
        "goods_no": GOODS,
        "buy_quantity": 1,
        "max_amount": PRICE,
        "notify_url": NOWHERE,
        "biz_order_no": "T-1",
        "biz_content": {"account": "13800000000"},
    }
    return {name: value for name, value in {**values, **fields}.items() if value is not None}
