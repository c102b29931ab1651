"""A machine that talks to `/api/v1` as one person, and waits for what the worker brings about."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx

Json = dict[str, Any]
WAIT_SECONDS = 25.0
POLL_SECONDS = 0.1


class StoryFailed(AssertionError):
    """What a story promised did not happen; the text is one sentence."""


def expect(holds: object, sentence: str) -> None:
    """Raise StoryFailed with the sentence unless it holds."""
    if not holds:
        raise StoryFailed(sentence)


class Client:
    """One person's key against one site."""

    def __init__(self, url: str, key: str) -> None:
        self.http = httpx.Client(
            base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=30.0
        )

    def post(self, path: str, body: Json | None = None, key: str = "") -> Json:
        """POST with a fresh idempotency key, or the given one. Raises StoryFailed on 4xx and 5xx."""
        answer = self.try_post(path, body, key)
        expect(answer.status_code < 300, f"POST {path} answered {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    def try_post(self, path: str, body: Json | None = None, key: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return self.http.post(path, json=body or {}, headers=headers)

    def get(self, path: str) -> Json:
        answer = self.http.get(path)
        expect(answer.status_code == 200, f"GET {path} answered {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    def order(self, order_id: str) -> Json:
        return self.get(f"/orders/{order_id}")

    def place(self, listing: object, account: str = "", quantity: int = 1) -> str:
        body = {
            "listing_id": str(listing),
            "quantity": quantity,
            "account": account,
            "own_account": True,
            "no_reason_excluded_confirmed": True,
        }
        return str(self.post("/orders", body)["order_id"])

    def cashier(self, order_id: str) -> str:
        """Where this order is paid."""
        return str(self.post(f"/orders/{order_id}/payments", {"channel": "alipay"})["url"])

    def ask_refund(self, order_id: str, reason: str, unit: int = 1) -> Json:
        return self.post(f"/orders/{order_id}/refund-requests", {"unit": unit, "reason": reason})

    def reveal(self, order_id: str, unit: int = 1) -> str:
        return str(self.post(f"/orders/{order_id}/units/{unit}/reveal")["secret"])

    def wait(
        self, order_id: str, holds: Callable[[Json], object], sentence: str, seconds: float = WAIT_SECONDS
    ) -> Json:
        """The order as soon as `holds` is true of it; raises StoryFailed with the sentence when it never is."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            order = self.order(order_id)
            if holds(order):
                return order
            time.sleep(POLL_SECONDS)
        raise StoryFailed(f"{sentence} (order {order_id} is {order['status']})")

    def wait_event(self, order_id: str, kind: str) -> None:
        """Wait until the order's chain holds an event of this kind."""

        def came(order: Json) -> bool:
            events = self.get(f"/orders/{order_id}/events")["events"]
            return any(f'"kind":"{kind}"' in event["body"] for event in events)

        self.wait(order_id, came, f"no {kind} came")

    def wait_delivered(self, order_id: str) -> Json:
        done = ("delivered", "partial", "failed")
        return self.wait(
            order_id, lambda o: all(u["status"] in done for u in o["units"]), "the goods were not delivered"
        )

    def wait_refunded(self, order_id: str, amount_fen: int, seconds: float = WAIT_SECONDS) -> Json:
        """Wait until exactly this much has arrived back at the channel."""
        order = self.wait(
            order_id,
            lambda o: o["refunds"] and all(r["status"] == "succeeded" for r in o["refunds"]),
            "the refund did not arrive",
            seconds,
        )
        expect(
            order["refunded_fen"] == amount_fen,
            f"{order['refunded_fen']} fen came back instead of {amount_fen}",
        )
        return order
