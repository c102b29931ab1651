"""The tone and the shape of each state. A state is never told by colour alone: the word is in words/states.py."""

TONES = ("wait", "time", "work", "done", "loss")

BADGES: dict[str, tuple[str, str]] = {
    "awaiting_payment": ("time", "clock"),
    "paid": ("work", "half"),
    "delivering": ("work", "half"),
    "delivered": ("done", "check"),
    "partly_delivered": ("loss", "half"),
    "sealed": ("wait", "lock"),
    "revealed": ("wait", "eye"),
    "refund_requested": ("time", "clock"),
    "in_review": ("time", "person"),
    "refunding": ("work", "return"),
    "refunded": ("done", "return"),
    "refused": ("loss", "cross"),
    "completed": ("wait", "check"),
    "closed": ("wait", "cross"),
    "failed": ("loss", "cross"),
}
