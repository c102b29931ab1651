"""The reasons a reviewer may give, as the buyer reads them."""

WORDS: dict[str, tuple[str, str]] = {
    "ruling.seller_fault": ("商品有问题，由卖家承担。", "The goods were faulty; the seller bears it."),
    "ruling.not_to_account": ("没有到您确认的账号。", "It did not reach the account you confirmed."),
    "ruling.evidence_supports_buyer": ("证据支持您的说法。", "The evidence supports what you say."),
    "ruling.service_not_done": ("服务没有按约定完成。", "The work was not done as agreed."),
    "ruling.goodwill": (
        "责任难以认定，平台决定退款。",
        "Responsibility cannot be settled; the platform decided to refund.",
    ),
    "ruling.delivered": (
        "记录显示已交付到订单确认的账号或本人。",
        "The log shows delivery to the account confirmed in the order.",
    ),
    "ruling.insufficient_evidence": (
        "现有证据不足以证明商品有问题。可以补充证据再申请。",
        "The evidence does not show a fault. You can add evidence and ask again.",
    ),
    "ruling.used_by_buyer": (
        "记录显示卡密查看后被使用。",
        "The log shows the code was used after it was shown.",
    ),
    "ruling.outside_rules": (
        "不符合下单时的退款规则。",
        "It does not meet the rules in force when you ordered.",
    ),
}
