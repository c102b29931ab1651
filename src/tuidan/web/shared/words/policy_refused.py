"""Sentences for the reasons that refuse a refund: the fact, why it decides, and what is still open. `(zh, en)`."""

REASONS: dict[str, tuple[str, str]] = {
    "already_returned": (
        "这笔钱已经退回或正在退回，不再重复退款。",
        "This money has already gone back or is on its way, so it is not paid twice.",
    ),
    "off_platform_by_buyer": (
        "平台订单已取消并退清，之后的交易在平台之外进行，平台没有这笔钱可退。可以向收款人主张或报警。",
        "The order here was cancelled and refunded; the later deal was made outside, and we hold none of that money. "
        "You can claim it from the recipient or go to the police.",
    ),
    "within_promise_cannot_stop": (
        "还在约定时间内，卖家答复已经无法拦截。到时仍未交付会全额退回。",
        "The promised time is still running and the seller cannot stop the order. If it is late, all of it goes back.",
    ),
    "not_reopened": (
        "同一个理由已经处理过，没有新的事实，不再受理。有新证据可以申诉。",
        "This was decided before on the same ground and nothing new was shown. With new evidence you can appeal.",
    ),
    "appeal_too_late": (
        "已超过 {appeal_days} 天的申诉期。",
        "The {appeal_days} days for an appeal are over.",
    ),
    "forged_evidence": (
        "提交的凭证经核对被改动过，或在别的订单里用过，不能采信，已记录。可以申请人工复核。",
        "Evidence you filed was altered or used in another order, so it is not accepted and has been recorded. You can "
        "ask for a person to check.",
    ),
    "insufficient_evidence": (
        "补充证据的时间已过，材料仍不完整，无法证明所说的问题。有新材料可以申诉。",
        "The time to add evidence is over and it is still incomplete. With new material you can appeal.",
    ),
    "settled_by_replacement": (
        "双方已经换码，新码也由您成功激活，同一问题不再退款。",
        "You accepted a replacement code and activated it, so the same problem is not refunded again.",
    ),
    "seven_days_over": (
        "已超过 {days} 天，商品没有质量问题，不支持无理由退款。可以和卖家协商。",
        "The {days} days are over and nothing is wrong with the item, so a change of mind is not refunded. You can "
        "still ask the seller.",
    ),
    "code_revealed": (
        "卡密已经查看，不再保密，商品也没有问题，不支持反悔退款。",
        "The code has been shown, so it is no longer secret, and nothing is wrong with it; a change of mind is not "
        "refunded.",
    ),
    "activated_by_buyer": (
        "发行方记录显示[查看后 {activation_gap_seconds}]由您绑定的账号成功激活，商品已经使用，不能退款。",
        "The issuer shows that your own account activated the code[ {activation_gap_seconds} after you saw it], so it "
        "has been used.",
    ),
    "face_value_as_ordered": (
        "发行方记录的面值与订单一致，没有少给。",
        "The issuer's record shows the face value you ordered.",
    ),
    "delivered_to_snapshot": (
        "已足额充入您下单时确认的账号，无法收回。如果填错了账号，平台可以协助联系对方。",
        "It was credited in full to the account you confirmed and cannot be taken back. If you mistyped it, we can help "
        "you reach the recipient.",
    ),
    "duplicate_executed": (
        "重复的这一单已经到账，退不退由卖家决定。",
        "The second order was also carried out; a refund is up to the seller.",
    ),
    "delivered_in_time": (
        "记录显示在约定时间内到账，没有逾期。",
        "The record shows that it arrived within the promised time.",
    ),
    "stopped_by_buyer": (
        "服务商记录显示因违规使用停用，剩余时间不退。",
        "The provider's record shows that it was stopped for a breach of its rules, so the rest is not refunded.",
    ),
    "mistake_cannot_be_undone": (
        "服务商答复已经无法撤回，填错或拍错的部分不能退。",
        "The provider cannot undo it any more, so this mistake is not refunded.",
    ),
    "renewal_announced": (
        "续费前已经提醒过您，本期不退；现在可以关闭下一期。",
        "You were told before the renewal, so this period is not refunded; you can switch off the next one.",
    ),
    "membership_in_use": (
        "会员已按约定开通并可以使用，没有问题，不支持反悔退款。",
        "The membership was opened as ordered and works; a change of mind is not refunded.",
    ),
    "work_accepted": (
        "成品已交付并由您验收通过，没有指出缺陷，不能反悔退款。",
        "The work was delivered and you accepted it; no defect was shown, so it is not refunded.",
    ),
    "service_rendered": (
        "平台记录显示服务已经全部完成，没有指出具体问题，不能退款。",
        "Our record shows that the service was rendered in full, and no defect was shown.",
    ),
    "minor_in_proportion": (
        "金额与年龄相适应，交易有效。商品有问题可以另行申请。",
        "The sum is in proportion to the age, so the purchase stands. If something is wrong with the item, apply for "
        "that.",
    ),
    "not_a_minor": (
        "付款人已成年，或以自己的劳动收入为主要生活来源，交易有效。",
        "The buyer is an adult, or lives on own wages, so the purchase stands.",
    ),
}
