"""Refusals about money beside the order: sellers' books, the fund, payouts, what a buyer owes. See `refusals.py`."""

from __future__ import annotations

MONEY_REFUSALS: dict[str, tuple[str, str]] = {
    "book_short": (
        "没有记账：账户里没有这么多钱，余额见下。请改小金额。",
        "Not recorded: the account does not hold that much. Please lower the amount.",
    ),
    "coupon_not_usable": (
        "没有下单：这张优惠券不能用，可能不是本店的、没到起用金额、已用过或过期了。请换一张或不用。",
        "Not ordered: this coupon cannot be used here; it may be another shop's, need a higher price, be used or over. "
        "Choose another, or none.",
    ),
    "fund_short": (
        "没有垫付：先行赔付基金的余额不够。案子已转人工；运营者可提高额度。",
        "Not advanced: the advance fund has too little left. A person has the case; an operator can raise the limit.",
    ),
    "limit_out_of_range": (
        "没有更改：额度不能低于已用的金额，单笔上限不能高于总额度。",
        "Not changed: a limit cannot lie below what is in use, and one order's limit not above the whole.",
    ),
    "payout_account_needed": (
        "没有提交：请填本人的户名和账号。",
        "Not submitted: please give your own name as the bank has it, and the account.",
    ),
    "no_such_payout": (
        "没有找到这笔银行付款。请刷新订单页再试。",
        "This payment by bank does not exist. Reload the order page and try again.",
    ),
    "no_such_recall": (
        "没有找到这笔追回。请刷新订单页再试。",
        "This recall does not exist. Reload the order page and try again.",
    ),
    "payout_not_waiting": (
        "没有改动：这笔银行付款已到下一步，或还没到这一步。请刷新看现在的进度。",
        "Nothing changed: this payment by bank is already further, or not there yet. Reload to see where it is.",
    ),
    "refund_not_arrived": (
        "没有追回：这笔退款还没有到账。到账后才能追回。",
        "Not recalled: this refund has not arrived yet. Only then can it be recalled.",
    ),
    "payer_state_unknown": (
        "没有记录：付款账户只有“已销户”和“正常”两种。",
        "Not recorded: the paying account is either closed or open.",
    ),
    "same_person": (
        "没有复核：录入的人不能自己复核。请另一位运营者来核对银行流水。",
        "Not confirmed: whoever entered it cannot confirm it. Another operator must check the bank's records.",
    ),
    "finding_unknown": (
        "没有记录：年龄要在 0 到 120 之间；家庭的责任比例是 0，或 30% 到 70%。",
        "Not recorded: the age must be 0 to 120, and the family's share 0, or 30% to 70%.",
    ),
    "reference_missing": (
        "没有记账：请填银行流水号，最多 64 个字符。",
        "Not recorded: please give the bank's reference, up to 64 characters.",
    ),
    "seller_owes": (
        "没有付款：卖家还欠平台的钱。收回之前不能提现，也不退保证金。",
        "Not paid: the seller still owes the platform. Until that is back, nothing is paid out or returned.",
    ),
}
