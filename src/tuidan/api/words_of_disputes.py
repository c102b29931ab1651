"""Refusals in a case, for the people who write the calling program. See `words.py`."""

from __future__ import annotations

DISPUTE_REFUSALS: dict[str, tuple[str, str]] = {
    "appraisal_finding_unknown": ("没有这种结论", "鉴定结论不在列表里，可用的见 data。"),
    "appraiser_unfit": ("鉴定人不合适", "鉴定人是当事人，或就是指派人自己。"),
    "complaint_place_unknown": ("投诉渠道不对", "投诉渠道不在列表里，或缺编号。"),
    "exhibit_answer_unknown": ("回应不对", "对证据的回应只能是列出的几种。"),
    "exhibit_unknown": ("证据种类不对", "证据种类不在列表里，可用的见 data。"),
    "no_new_facts": ("没有新事实", "决定之后没有提交新证据，不能申诉。"),
    "no_such_exhibit": ("没有这份证据", "这个案子里没有这个编号的证据。"),
    "not_fresh_reviewer": ("要换审核人", "原决定的审核人不能复核申诉。"),
    "not_now": ("现在不能", "案子在这个阶段，这一方不能这样做；能做的见 actions。"),
    "not_the_appraiser": ("不是鉴定人", "这个案子的鉴定人是别人。"),
    "offer_gone": ("方案已失效", "这个方案已不在等答复。"),
    "offer_unknown": ("方案种类不对", "方案种类不在列表里，可用的见 data。"),
    "own_exhibit": ("自己的证据", "证据由对方回应。"),
    "percent_out_of_range": ("比例超出范围", "比例不在 0 到 100 之间，或没有填。"),
    "too_many_exhibits": ("证据太多", "这笔订单的证据已到上限。"),
    "too_many_offers": ("方案太多", "这笔订单的方案次数已到上限。"),
}
