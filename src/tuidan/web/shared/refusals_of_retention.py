"""The sentences for refusals about what is kept and what is erased."""

from __future__ import annotations

RETENTION_REFUSALS: dict[str, tuple[str, str]] = {
    "erasure_held": (
        "没有删除：这笔订单有留存令，资料要全部保留，解除后才能申请。",
        "Not erased: a legal hold keeps everything of this order. Ask again once it is lifted.",
    ),
    "erasure_too_early": (
        "没有删除：法律要求保留的期限还没到。保留到哪天、依据哪条，见「我的资料」。",
        "Not erased: the law asks for it to be kept longer. My data shows until when and by which law.",
    ),
    "erasure_trade_open": (
        "没有删除：这笔交易还没结束，或还有申请、退款在处理。结束后才开始计算保留期。",
        "Not erased: the trade, a request or a refund is still under way. The time of keeping runs from its end.",
    ),
    "nothing_to_erase": (
        "没有可删的：能删的已经删过了。",
        "Nothing to erase: what may go is gone already.",
    ),
    "erasure_has_role": (
        "没有提交：您是店铺成员或平台人员，身份信息依法要保留。请先卸任，再来注销账户。",
        "Not sent: you act for a shop or the platform and must stay named. Step down first, then close the account.",
    ),
    "erasure_under_way": (
        "没有重复提交：上一次的申请还在办理，结果见本页。",
        "Not sent twice: your earlier wish is still being carried out; this page shows how it goes.",
    ),
    "no_such_hold": (
        "没有改动：没有这道留存令，或已经解除。",
        "Nothing changed: there is no such legal hold, or it was lifted already.",
    ),
    "too_many_holds": (
        "没有登记：这笔订单的留存令已到上限。请先解除不再需要的。",
        "Not recorded: this order has as many legal holds as it can. Lift one that is no longer needed.",
    ),
}
