"""A person's wish to be erased: kept, then carried out a page of orders at a time as far as the law lets go."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from tuidan.commands.retention import erase_words
from tuidan.domain import commands as c
from tuidan.domain.refusals import Refusal
from tuidan.store import erasure_request as store
from tuidan.store.boards.lists import orders_of_buyer
from tuidan.store.people import find_person

WORDS_MAX = 500
REQUESTS_PER_ROUND = 5
# What makes an order stay, the gravest first: it is told as the reason.
WHY_KEPT = ("erasure_held", "erasure_trade_open", "erasure_too_early")


def ask_erasure(
    person_id: UUID, asked_by: UUID, words: str, close_account: bool, key: str, now: datetime
) -> store.RequestRecord | Refusal:
    """Keep the wish; the worker carries it out. The same key is one wish. An operator may write it down for somebody.

    Refused for who acts for a shop or the platform and would close the account, and while an earlier one runs.
    """
    request_id = uuid5(person_id, f"erasure:{key}")
    known = next((each for each in store.requests_of(person_id) if each.id == request_id), None)
    if known is not None:
        return known
    if store.has_open_request(person_id):
        return Refusal("erasure_under_way")
    person = find_person(person_id)
    if close_account and person is not None:
        has_role = person.is_reviewer or person.is_operator or person.is_appraiser
        if has_role or store.is_member_of_a_shop(person_id):
            return Refusal("erasure_has_role")
    words = words.replace("\0", "").strip()[:WORDS_MAX]
    return store.keep_request(request_id, person_id, asked_by, words, close_account, now)


def carry_out_requests(now: datetime) -> int:
    """One page of orders of each open wish; gives how many pages. A process that dies leaves the page to the next."""
    return sum(_carry_out_page(request, now) for request in store.open_requests(REQUESTS_PER_ROUND))


def _carry_out_page(request: store.RequestRecord, now: datetime) -> int:
    lines = orders_of_buyer(request.person_id, request.page)
    if not lines:
        closes = request.close_account and request.kept_why not in WHY_KEPT[:2]
        if closes:
            store.close_account(request.person_id, now)
        store.finish_request(request.id, closes, now)
        return 1
    erased, refusals = 0, []
    for line in lines:
        actor = c.Actor("buyer", str(request.person_id))
        outcome = erase_words(line.order_id, actor, "buyer", "request", f"request:{request.id}", now)
        if outcome.refusal is None:
            erased += 1
        elif outcome.refusal.code in WHY_KEPT:
            refusals.append(outcome.refusal)
    codes = {refusal.code for refusal in refusals}
    days = [datetime.fromisoformat(str(each.data["until"])) for each in refusals if "until" in each.data]
    why = next((code for code in WHY_KEPT if code in {*codes, request.kept_why}), "")
    store.note_page(request, erased, len(refusals), max(days, default=None), why)
    return 1
