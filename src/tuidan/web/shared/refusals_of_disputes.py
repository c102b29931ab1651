"""Refusals in a case: what cannot be done now, and what to do instead. See `refusals.py`."""

from __future__ import annotations

DISPUTE_REFUSALS: dict[str, tuple[str, str]] = {
    "appraisal_finding_unknown": ("没有提交：请选一个鉴定结论。", "Not reported: please choose a finding."),
    "appraiser_unfit": (
        "没有指派：鉴定人不能是买家、卖家或您自己。请换一位。",
        "Not named: the appraiser may be neither a party nor you. Please choose another.",
    ),
    "complaint_place_unknown": (
        "没有登记：请选投诉渠道，并填编号。",
        "Not noted: choose where the complaint was made and give its number.",
    ),
    "exhibit_answer_unknown": (
        "没有提交：请选认可、不认可或说明。",
        "Not sent: choose accept, dispute or explain.",
    ),
    "exhibit_unknown": (
        "没有提交：请选证据的种类。",
        "Not filed: please choose what kind of evidence it is.",
    ),
    "no_new_facts": (
        "没有提交申诉：申诉要有新证据。请先添加决定之后的新证据，再申诉。",
        "No appeal yet: it needs new facts. Add evidence first, then appeal.",
    ),
    "no_such_exhibit": (
        "没有找到这份证据。请刷新页面再看。",
        "This evidence does not exist. Please reload the page.",
    ),
    "not_fresh_reviewer": (
        "没有复核：原决定是您作的，要由另一位审核人复核。",
        "Not decided: you made the first decision, so another reviewer must decide the appeal.",
    ),
    "not_now": (
        "没有执行：案子已到别的阶段，现在不能这样做。请刷新，看现在可以做什么。",
        "Not done: the case is at another stage. Reload to see what can be done now.",
    ),
    "not_the_appraiser": (
        "没有提交：这个案子的鉴定人不是您。",
        "Not done: another person is the appraiser of this case.",
    ),
    "offer_gone": (
        "没有答复：这个方案已失效或被新方案替代。请刷新看最新方案。",
        "Not answered: this offer is over or was replaced. Reload to see the latest.",
    ),
    "offer_unknown": ("没有提交：请选一种方案。", "Not offered: please choose a kind of offer."),
    "own_exhibit": (
        "没有提交：这是您自己的证据，由对方回应。",
        "Not sent: this is your own evidence; the other side answers it.",
    ),
    "percent_out_of_range": (
        "没有提交：比例要在 0 到 100 之间。",
        "Not reported: the share must be between 0 and 100 percent.",
    ),
    "too_many_exhibits": (
        "没有添加：这笔订单的证据已到上限。请先提交已有的。",
        "Not added: this order holds no more exhibits. Submit what is there.",
    ),
    "too_many_offers": (
        "没有提出：方案次数已到上限。请答复现有方案，或请平台介入。",
        "Not offered: this order has seen enough offers. Answer the open one, or call in the platform.",
    ),
}
