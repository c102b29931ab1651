"""What each code of `alipay.trade.refund` means for one refund attempt, and why. Pure data.

From the error table of the page "alipay.trade.refund 统一收单交易退款接口" (opendocs.alipay.com). A code that is not
here is unknown and is asked about first: a new code must never look like a "no" (ADR outbox-rows).
"""

from __future__ import annotations

from tuidan.connectors.contract.payment import RefundAdvice, RefundOutcome

OK = "10000"
BUSINESS_FAILURE = "40004"

# Top codes. 20000: the service was not available, it may have come through. 40005: turned away by the rate limit.
# 40001, 40002, 40003, 40006: parameter, signature or permission; signed, nothing moved, our settings are at fault.
TOP: dict[str, tuple[RefundOutcome, RefundAdvice]] = {
    "20000": ("unknown", "query_first"),
    "40005": ("unknown", "retry_later"),
    "40001": ("pending", "park"),
    "40002": ("pending", "park"),
    "40003": ("pending", "park"),
    "40006": ("pending", "park"),
}

# "当前请求的退款可能成功也可能失败" (system error); the number was used with another amount and DID succeed
# (discordant); "过一段时间后再重试" (charge error). Ask first, each time.
_ASK_FIRST = ("SYSTEM_ERROR", "DISCORDANT_REPEAT_REQUEST", "REFUND_CHARGE_ERROR", "ENTERPRISE_PAY_BIZ_ERROR")

# "商户支付宝账户充值后重新发起退款即可": the same number goes through once there is money.
_WAITS_FOR_MONEY = ("SELLER_BALANCE_NOT_ENOUGH", "REFUND_ACCOUNT_NOT_EXIST")

# Refused for a state of the trade or an account that may end: this attempt is over, another may be made.
_MAY_CHANGE = (
    "REASON_TRADE_BEEN_FREEZEN",
    "BUYER_ENABLE_STATUS_FORBID",
    "BUYER_ERROR",
    "CUSTOMER_VALIDATE_ERROR",
    "USER_NOT_MATCH_ERR",
    "TRADE_NOT_ALLOW_REFUND",
    "TRADE_SETTLE_ERROR",
)

# "即使重试也无法成功", "联系买家进行线下退款处理", or a request that is wrong in itself: a person must look.
_FINAL = (
    "TRADE_HAS_FINISHED",
    "TRADE_HAS_CLOSE",
    "TRADE_NOT_EXIST",
    "TRADE_STATUS_ERROR",
    "REASON_TRADE_STATUS_INVALID",
    "REASON_TRADE_REFUND_FEE_ERR",
    "REFUND_AMT_NOT_EQUAL_TOTAL",
    "REFUND_FEE_ERROR",
    "INVALID_PARAMETER",
    "CURRENCY_NOT_SUPPORT",
    "BUYER_NOT_EXIST",
    "NOT_ALLOW_PARTIAL_REFUND",
    "ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND",
    "ALLOC_AMOUNT_VALIDATE_ERROR",
    "REFUNDALLOC_UNAUTH_LIMIT",
    "REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST",
    "OVERDRAFT_AGREEMENT_NOT_MATCH",
    "OVERDRAFT_ASSIGN_ACCOUNT_INVALID",
)

# The account that paid does not exist any more; signed, nothing moved, and no later attempt can reach it.
PAYER_GONE = "ACQ.BUYER_NOT_EXIST"

REFUND: dict[str, tuple[RefundOutcome, RefundAdvice]] = {
    **{f"ACQ.{code}": ("unknown", "query_first") for code in _ASK_FIRST},
    **{f"ACQ.{code}": ("pending", "park") for code in _WAITS_FOR_MONEY},
    **{f"ACQ.{code}": ("failed", "new_attempt") for code in _MAY_CHANGE},
    **{f"ACQ.{code}": ("failed", "park") for code in _FINAL},
}


def judge_refund(code: str, sub_code: str) -> tuple[RefundOutcome, RefundAdvice]:
    """Outcome and advice for a signed answer to `alipay.trade.refund` that is not 10000."""
    if code == BUSINESS_FAILURE:
        return REFUND.get(sub_code.removeprefix("aop."), ("unknown", "query_first"))
    return TOP.get(code, ("unknown", "query_first"))
