"""What the people of a decision case say and show: the seller's answer, the buyer's papers, a reviewer's findings."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from case_reach import Facts

from shopfloor import Bought, pay, policy_since, state
from tuidan.commands import delivery, dispute, hearing, minor, order, talk
from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.dispute.exhibit import TYPES
from tuidan.store import catalog
from tuidan.store.boards.project import project

REVIEWER = uuid4()
DESK = c.Actor("reviewer", str(REVIEWER))
UNASKED = ("not_applicable", "not_contacted")
ANSWER_TIME = timedelta(hours=24)
MISTAKE, CHANGE_OF_MIND = "wrong_item_bought", "no_reason"


def hear_seller(bought: Bought, facts: Facts, now: datetime) -> None:
    """The buyer asked so many hours ago; the seller has answered since, was silent for a day, or has until tomorrow."""
    told = facts["seller_response"]
    status = told["status"]
    if status in UNASKED:
        return
    asked_at = now - timedelta(hours=told["hours_since_asked"])
    buyer = c.Actor("buyer", str(bought.buyer))
    asked = talk.send_message(bought.id, buyer, talk.Message("怎么还不行?", asks=True), "question", asked_at)
    assert asked.ok, asked.refusal
    if status == "silent":
        silence = envelop(bought.id, c.RecordSilence(1), c.Actor("timer"), "silence", _day_after(asked_at))
        assert run(bought.id, silence).ok
    elif status == "blocked":
        assert talk.record_blocked(bought.id, 1, "shop_closed", asked_at).ok
    elif status != "waiting":
        offered = _offered_fen(facts) if status == "agree_partial" else 0
        at = asked_at + (now - asked_at) / 2
        answered = talk.answer_contact(bought.id, bought.shop, status, "answer", at, 1, offered)
        assert answered.ok, answered.refusal


def _day_after(asked_at: datetime) -> datetime:
    return asked_at + ANSWER_TIME + timedelta(seconds=1)


def _offered_fen(facts: Facts) -> int:
    """What both agreed on, where the buyer asks for a part; else the seller agrees to less than is asked."""
    asked, paid = facts["requested_fen"], facts["amount_paid_fen"]
    return int(asked) if asked < paid else int(paid) // 2


def file_papers(bought: Bought, facts: Facts, case: int, now: datetime) -> None:
    """File all that the buyer of the case has, and let the platform flag what is forged."""
    buyer = c.Actor("buyer", str(bought.buyer))
    for n, item in enumerate(facts["evidence"], start=1):
        kind = item["type"] if item["type"] in TYPES else "statement"
        seen = (item["has_order_no"], item["has_timestamp"], item["has_key_info"])
        paper = c.FileExhibit(case, kind, *seen)
        filed = hearing.act(bought.id, buyer, paper, f"file {n}", now, words="见图")
        assert filed.ok, filed.refusal
        flag = "reused" if item.get("reused_from_order") else "tampered" if item.get("tampered") else ""
        if flag:
            found = c.FlagExhibit(case, n, flag, item.get("reused_from_order") or "")
            assert hearing.act(bought.id, DESK, found, f"flag {n}", now).ok


def submit(bought: Bought, case: int, now: datetime) -> Outcome:
    """The buyer says that this is all."""
    buyer = c.Actor("buyer", str(bought.buyer))
    return hearing.act(bought.id, buyer, c.SubmitEvidence(case), "submit", now)


def find_age(bought: Bought, facts: Facts, case: int, now: datetime) -> Outcome | None:
    """What a reviewer finds of the buyer's age on the papers; None where the case knows no finding."""
    told = facts["buyer"]
    if facts["reason_claimed"] != "minor" or told.get("is_minor") is None:
        return None
    age = told.get("age")
    own_income, verified = told.get("own_income") is True, told.get("face_verified") is True
    finding = c.RecordMinorFinding(
        case, told["is_minor"], -1 if age is None else age, own_income, verified, ratified=False,
        guardian_share_percent=0,
    )  # fmt: skip
    found = minor.record_minor_finding(bought.id, REVIEWER, finding, "户口本已核对", "age", now)
    assert found.ok, found.refusal
    return found


def live_through_history(bought: Bought, facts: Facts, paid_at: datetime) -> list[int]:
    """The buyer's other orders of the last 90 days, so many of them returned, some of these after a mistake.

    Gives what each of them paid back, in fen. To the policy, a buyer who returned nothing is the same after any number
    of orders, so none are made.
    """
    told = facts["buyer"]
    refunds, mistakes = told.get("refunds_90d") or 0, told.get("misoperations_90d") or 0
    if not refunds and not mistakes:
        return []
    policy_since(paid_at - timedelta(days=told["orders_90d"]))
    shop = catalog.create_shop("另一家", "third_party", [uuid4()], paid_at)
    goods = {"title": "点卡", "goods_kind": "card_code", "price_fen": 900, "face_fen": 1_000}
    listing = catalog.create_listing(shop, paid_at, **goods, stock_kind="unique", issuer="cardbook")
    others: dict[UUID, int] = {}
    for n in range(1, told["orders_90d"]):
        at = paid_at - timedelta(days=n)
        wanted = order.Basket(listing, 1, no_reason_excluded_confirmed=True)
        placed = order.place_order(bought.buyer, wanted, f"earlier {n}", at)
        assert placed.ok, placed.refusal
        earlier = Bought(placed.order_id, bought.buyer, shop, listing)
        reason = MISTAKE if n <= mistakes else CHANGE_OF_MIND
        others[earlier.id] = _return(earlier, reason, at) if n <= refunds else 0
    project({bought.id, *others})
    return list(others.values())


def _return(bought: Bought, reason: str, at: datetime) -> int:
    pay(bought, 900, at)
    delivery.record_codes(bought.id, {1: "0001"}, [], at, 0)
    assert dispute.request_refund(bought.id, bought.buyer, 1, reason, "return", at).ok
    unused = c.RecordIssuerCheck(1, "unused", None, "")
    assert delivery.record_issuer_check(bought.id, unused, at, 0).ok
    returned: int = state(bought).units[0].refund_fen
    assert returned, state(bought).cases
    return returned


def settle(bought: Bought, facts: Facts) -> None:
    """Release the money to the seller after the hold, where the case has it settled and nobody confirmed receipt."""
    held = state(bought)
    if not facts["payment"].get("settled") or held.released_at:
        return
    last = max(facts["delivered_at"], (facts.get("card") or {}).get("revealed_at") or "")
    at = datetime.fromisoformat(last) + timedelta(seconds=held.hold_seconds + 1)
    released = envelop(bought.id, c.ReleaseEscrow(), c.Actor("timer"), "release", at)
    assert run(bought.id, released).ok
    assert state(bought).released_at
