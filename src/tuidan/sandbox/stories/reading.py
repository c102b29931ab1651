"""Stories of evidence: a screenshot used twice, a code that ends otherwise, and a case that needs no picture at all."""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tuidan.sandbox.client import POLL_SECONDS, Client, StoryFailed, expect
from tuidan.sandbox.pictures.altering import Sheet, saved, scaled
from tuidan.sandbox.pictures.drawing import draw_page
from tuidan.sandbox.pictures.page import code_prompt, recharge_failed
from tuidan.sandbox.pictures.phone import PHONES
from tuidan.sandbox.pictures.subject import Subject, draw_subject
from tuidan.sandbox.stage import Stage, revealed_at

READ_SECONDS = 150.0
CARD_FEN = 2_940
DONE = "两小时已陪练完"
CLAIMED = {"has_order_no": True, "has_timestamp": True, "has_key_info": True}


def reused_screenshot_is_seen(stage: Stage) -> None:
    """One buyer's screenshot comes again, half as large, in another buyer's order: a person is told of both."""
    first, second = stage.buyer, stage.person("friend")
    sheet = _screen(draw_subject(random.Random(7)))  # noqa: S311 - a picture, not a secret
    one = _disputed(stage, first)
    _show(first, one, saved(sheet.image), {"type": "error_screenshot", "words": "充值失败"})
    two = _disputed(stage, second)
    n = _show(second, two, saved(scaled(sheet, 0.5).image, 75), {"type": "error_screenshot", "words": "失败"})
    exhibit = _wait_exhibit(
        second, two, lambda shown: shown["flag"] == "reuse_seen", "the reuse was not seen"
    )
    expect(exhibit["has_order_no"], "what the party claims was changed")
    path = f"/orders/{two}/files/{n}/reading"
    places = [place["order_id"] for place in stage.reviewer.get(path)["elsewhere"]]
    expect(places == [one], f"the reviewer was shown {places}")
    party = second.get(path)
    expect(party["used_elsewhere"] and not party["elsewhere"], "a party was shown another buyer's order")
    second.post(f"/orders/{two}/cases/1/submit-evidence")
    expect(second.order(two)["cases"][0]["status"] not in ("approved", "rejected"), "a machine judged it")


def codes_tail_does_not_match(stage: Stage) -> None:
    """The screenshot shows another code than was sold: the typed tail tells it, and the picture where it is read."""
    order_id = stage.buy("coupon", "lin-player-7")
    code = stage.buyer.reveal(order_id)
    shown = revealed_at(stage.buyer.order(order_id))
    stage.activate(code, shown, 30, "")
    stage.buyer.ask_refund(order_id, "item_invalid")
    with_person = ("review", "appraisal")
    stage.buyer.wait(
        order_id, lambda o: o["cases"][0]["status"] in with_person, "the case did not come to a person"
    )
    told = {"type": "error_screenshot", "words": "提示已被激活", **CLAIMED}
    tail = stage.buyer.order(order_id)["units"][0]["tail"]
    for given, answer in (("ZZZZ", "other"), (tail, "fits")):
        stage.buyer.post(f"/orders/{order_id}/cases/1/exhibits", told | {"code_tail": given})
        exhibit = stage.buyer.get(f"/orders/{order_id}/cases/1")["exhibits"][-1]
        expect(exhibit["code_tail"] == answer, f"the tail {given} was told to be {exhibit['code_tail']!r}")
    subject = replace(
        draw_subject(random.Random(8)),  # noqa: S311 - a picture, not a secret
        code="ABCDEFGH2345WWW9",
        failed_at=datetime.now(UTC) + timedelta(seconds=30),
    )
    picture = saved(_screen(subject, "code").image)
    n = _show(stage.buyer, order_id, picture, {"type": "error_screenshot", "words": "提示如图"})
    reading = _wait_read(stage.buyer, order_id, n)
    if reading["state"] == "done":
        states = {detail["name"]: detail["state"] for detail in reading["details"]}
        expect(states.get("code_tail") == "contradicts", f"the picture's code was read as {states}")


def log_settles_it_without_any_upload(stage: Stage) -> None:
    """A sealed code is refunded at once; all that it stands on is the platform's own record."""
    order_id = stage.buy("card")
    stage.buyer.ask_refund(order_id, "no_reason")
    stage.buyer.wait_refunded(order_id, CARD_FEN)
    case = stage.buyer.get(f"/orders/{order_id}/cases/1")
    expect(case["exhibits"] == [], "somebody filed something")
    lines = {line["what"]: (line["state"], line["origin"]) for line in case["checklist"]}
    for what in ("order", "payment", "listing", "delivery"):
        expect(lines.get(what) == ("proved", "platform_log"), f"{what} stands as {lines.get(what)}")
    expect(all(state == "proved" for state, _ in lines.values()), "something was asked of the buyer")


def _screen(subject: Subject, kind: str = "") -> Sheet:
    make = code_prompt if kind == "code" else recharge_failed
    page = make(subject, random.Random(5))  # noqa: S311 - a picture, not a secret
    image, placed = draw_page(page, PHONES[1], dark=False)
    return Sheet(image, tuple(placed))


def _disputed(stage: Stage, buyer: Client) -> str:
    """A service that its buyer contests: evidence is asked for."""
    order_id = buyer.place(stage.cast.listings["coaching"])
    stage.pay(buyer.cashier(order_id))
    buyer.wait(order_id, lambda o: o["status"] == "paid", "the payment was not taken in")
    stage.seller.post(f"/orders/{order_id}/units/1/deliver", {"note": DONE})
    buyer.ask_refund(order_id, "not_as_described")
    return order_id


def _show(buyer: Client, order_id: str, picture: bytes, told: dict[str, Any]) -> int:
    """Upload a picture, wait for its check, file it; gives its number."""
    begun = buyer.post(f"/orders/{order_id}/cases/1/files", {"name": "截图.png", "size": len(picture)})
    path = f"/orders/{order_id}/files/{begun['n']}"
    sent = buyer.http.patch(f"{path}/upload", content=picture, headers={"Upload-Offset": "0"})
    expect(sent.status_code == 204, f"the piece was answered {sent.status_code}: {sent.text[:200]}")
    buyer.post(f"{path}/finish", {"sha256": hashlib.sha256(picture).hexdigest()})
    until = time.monotonic() + READ_SECONDS
    while (state := buyer.get(path)["state"]) == "received" and time.monotonic() < until:
        time.sleep(POLL_SECONDS)
    expect(state == "checked", f"the picture is {state}")
    buyer.post(f"/orders/{order_id}/cases/1/exhibits", {**CLAIMED, **told, "files": [begun["n"]]})
    return int(begun["n"])


def _wait_read(buyer: Client, order_id: str, n: int) -> dict[str, Any]:
    until = time.monotonic() + READ_SECONDS
    while time.monotonic() < until:
        reading = buyer.get(f"/orders/{order_id}/files/{n}/reading")
        if reading["state"] not in ("none", "reading"):
            return reading
        time.sleep(POLL_SECONDS)
    raise StoryFailed("the picture was not read")


def _wait_exhibit(buyer: Client, order_id: str, holds: Any, sentence: str) -> dict[str, Any]:
    until = time.monotonic() + READ_SECONDS
    while time.monotonic() < until:
        exhibits = buyer.get(f"/orders/{order_id}/cases/1")["exhibits"]
        if exhibits and holds(exhibits[-1]):
            return dict(exhibits[-1])
        time.sleep(POLL_SECONDS)
    raise StoryFailed(sentence)
