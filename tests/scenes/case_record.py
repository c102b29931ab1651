"""What the platform's own record shows of a decision case: failed reveals and logins, a trace number, a closed card."""

from datetime import datetime, timedelta
from uuid import uuid4

from case_reach import Facts

from shopfloor import Bought, state
from tuidan.commands import delivery, service
from tuidan.commands.payer_account import record_payer_account
from tuidan.commands.runner import envelop, run
from tuidan.domain import commands as c

TRACE_NO = "SN20261104-83"
MISSED = "broken_seal"


def keeps_account(facts: Facts) -> bool:
    """Whether the case hangs on what whoever keeps the account says of a seller's own handover."""
    top_up, plan = facts.get("top_up") or {}, facts.get("membership") or {}
    elsewhere = top_up.get("account_actual") not in (None, top_up.get("account_shown"))
    return (facts["delivery_mode"] == "manual" and elsewhere) or "provider_revocable" in plan


def fail_reveals(bought: Bought, facts: Facts, at: datetime) -> None:
    """The buyer pressed so often, and the vault failed each time."""
    buyer = c.Actor("buyer", str(bought.buyer))
    for n in range((facts.get("card") or {}).get("reveal_errors") or 0):
        failed = c.RecordRevealFailure(1, MISSED)
        told = run(bought.id, envelop(bought.id, failed, buyer, f"press {n}", at + timedelta(seconds=n)))
        assert told.ok, told.refusal


def fail_logins(bought: Bought, facts: Facts, at: datetime) -> None:
    """The login tool was refused so often."""
    for n in range((facts.get("service") or {}).get("login_failures") or 0):
        told = service.record_login(bought.id, uuid4(), 1, "failed", f"login {n}", at + timedelta(seconds=n))
        assert told.ok, told.refusal


def close_payer_account(bought: Bought, facts: Facts, at: datetime) -> None:
    """An operator saw the bank's paper about the account that paid."""
    if facts["payment"].get("original_account_status") == "closed":
        told = record_payer_account(bought.id, uuid4(), "closed", "销户证明已核对", "closed", at)
        assert told.ok, told.refusal


def keeper_says(bought: Bought, facts: Facts) -> c.RecordCredit:
    """What whoever keeps the account says when asked: another account, or that it can be taken back."""
    plan = facts.get("membership") or {}
    if plan:
        said = "yes" if plan["provider_revocable"] else "no"
        return c.RecordCredit(1, "credited", 0, "same", "claim", revocable=said)
    return c.RecordCredit(1, "credited", state(bought).face_fen, "other", "claim")


def hand_over(bought: Bought, at: datetime) -> None:
    """The seller hands over, with the number under which the keeper knows it."""
    handed = delivery.deliver_by_seller(bought.id, bought.shop, 1, "note", 100, "hand over", at, 0, TRACE_NO)
    assert handed.ok, handed.refusal
