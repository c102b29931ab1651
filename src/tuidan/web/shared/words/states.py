"""The word of each state badge; the shape and tone are in badges.py."""

WORDS: dict[str, tuple[str, str]] = {
    "state.awaiting_payment": ("待付款", "Awaiting payment"),
    "state.paid": ("已付款", "Paid"),
    "state.delivering": ("发货中", "Delivering"),
    "state.delivered": ("已发货", "Delivered"),
    "state.partly_delivered": ("部分到账", "Partly arrived"),
    "state.sealed": ("未查看", "Sealed"),
    "state.revealed": ("已查看", "Shown"),
    "state.refund_requested": ("退款处理中", "Refund requested"),
    "state.in_review": ("人工审核中", "In review"),
    "state.refunding": ("退款途中", "Refund on its way"),
    "state.refunded": ("已退款", "Refunded"),
    "state.refused": ("未通过", "Refused"),
    "state.completed": ("已完成", "Completed"),
    "state.closed": ("已关闭", "Closed"),
    "state.failed": ("发货失败", "Delivery failed"),
}
