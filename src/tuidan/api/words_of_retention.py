"""Refusals about what is kept and erased, for the people who write the calling program. See `words.py`."""

from __future__ import annotations

RETENTION_REFUSALS: dict[str, tuple[str, str]] = {
    "erasure_held": ("有留存令", "这笔订单有留存令，什么都不能删。"),
    "erasure_too_early": ("未到期", "法定保留期未到：哪一类、到何时、依据，见 data。"),
    "erasure_trade_open": ("交易未结束", "交易、申请或退款还没结束，原因见 data。"),
    "nothing_to_erase": ("没有可删的", "能删的已经删过了。"),
    "erasure_has_role": ("有身份", "店铺成员和平台人员要先卸任，才能注销账户。"),
    "erasure_under_way": ("正在办理", "上一次的删除申请还在办理。"),
    "no_such_hold": ("没有这道留存令", "没有这个编号的留存令，或已解除。"),
    "too_many_holds": ("留存令太多", "这笔订单的留存令已到上限。"),
}
