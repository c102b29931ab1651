"""The tone and the shape of each state. A state is never told by colour alone: the word is in words/states.py."""

TONES = ("wait", "time", "work", "done", "loss")

BADGES: dict[str, tuple[str, str]] = {
    "order.awaiting_payment": ("time", "clock"),
    "order.paid": ("work", "half"),
    "order.expired": ("wait", "cross"),
    "order.released": ("wait", "check"),
    "order.refunded": ("done", "return"),
    "unit.waiting": ("wait", "ring"),
    "unit.queued": ("wait", "ring"),
    "unit.processing": ("work", "half"),
    "unit.in_progress": ("work", "half"),
    "unit.delivered": ("done", "check"),
    "unit.sealed": ("wait", "lock"),
    "unit.revealed": ("wait", "eye"),
    "unit.partial": ("loss", "half"),
    "unit.failed": ("loss", "cross"),
    "unit.stopped": ("wait", "cross"),
    "unit.reversed": ("loss", "cross"),
    "case.checking": ("work", "half"),
    "case.open": ("time", "person"),
    "case.approved": ("done", "check"),
    "case.rejected": ("loss", "cross"),
    "case.withdrawn": ("wait", "cross"),
    "refund.decided": ("work", "ring"),
    "refund.sent": ("work", "return"),
    "refund.succeeded": ("done", "return"),
    "refund.parked": ("time", "alert"),
}
