"""The sentences for every refusal code: what happened, why, and what to do, Chinese and English.

The codes are those of `domain/refusals.py`; a test finds a missing one. The code itself is shown small beside it.
"""

from __future__ import annotations

from tuidan.web.shared.refusals_of_disputes import DISPUTE_REFUSALS
from tuidan.web.shared.refusals_of_money import MONEY_REFUSALS
from tuidan.web.shared.refusals_of_retention import RETENTION_REFUSALS
from tuidan.web.shared.refusals_of_services import SERVICE_REFUSALS
from tuidan.web.shared.refusals_of_uploads import UPLOAD_REFUSALS

REFUSALS: dict[str, tuple[str, str]] = {
    "account_needed": (
        "还没有下单：这件商品要充到账号里，账号没有填或格式不对。请填好账号再提交。",
        "Not ordered yet: this item goes to an account, and the account is missing or malformed. "
        "Please fill it in and submit again.",
    ),
    "amount_out_of_range": (
        "没有提交：金额要在 0.01 元和还能退的金额之间。请改小金额再试。",
        "Not submitted: the amount must be between ¥0.01 and what is left to refund. Please lower it.",
    ),
    "alarm_changed": (
        "没有处理：打开页面后这个报警又变了。请看过新内容再处理。",
        "Not done: the alarm has grown since you opened this page. Look again, then decide.",
    ),
    "already_confirmed": (
        "没有重复操作：这笔订单已确认收货或已结算。商品有问题仍可申请退款。",
        "Nothing changed: this order is already confirmed or settled. If something is wrong with the goods you can "
        "still ask for a refund.",
    ),
    "already_refunded": (
        "没有重复退款：这一件的钱已全部退回或正在退回。进度见「钱的去向」。",
        "No second refund: all money for this unit has been returned or is on its way. See where it is below.",
    ),
    "case_changed": (
        "没有裁决：您打开页面之后，这个案子有了新情况。请看过新内容再决定，您写的内容还在。",
        "Not decided: something new came in after you opened this case. Read it, then decide; your words are kept.",
    ),
    "case_closed": (
        "没有改动：这个申请已有结果或已撤回。结果和理由见订单页。",
        "Nothing changed: this request was already decided or withdrawn. The order page has the outcome and reasons.",
    ),
    "case_open": (
        "没有重复提交：这一件已有一个申请在处理。请等它的结果，截止时间见订单页。",
        "Not submitted twice: a request for this unit is already being handled. The order page shows by when.",
    ),
    "channel_dispute_closed": (
        "没有提交：支付宝的投诉已结束，不能再补充说明。",
        "Not sent: the complaint at Alipay is closed and takes nothing more.",
    ),
    "channel_dispute_open": (
        "没有改动：支付宝的投诉还没结束，这笔钱先不动。投诉结束后再操作。",
        "Nothing changed: the complaint at Alipay is still open, so the money waits. Try again once it is closed.",
    ),
    "comment_closed": (
        "没有提交：这一版已经生效或已撤回，不再征求意见。历次版本见退款规则页。",
        "Not sent: this version is in force or withdrawn, so comments are closed. The rules page has all versions.",
    ),
    "comment_empty": (
        "没有提交：意见是空的，或者超过 1000 字。请写好再提交。",
        "Not sent: the comment is empty or longer than 1,000 characters. Please mend it and send it again.",
    ),
    "comment_limit": (
        "没有提交：您对这一版已经提过 5 条意见。都已收到，不用重复提。",
        "Not sent: you have sent five comments on this version already. All of them have arrived.",
    ),
    "code_not_ready": (
        "还不能显示：卡密还没有发出。发出后这里会出现「显示卡密」。",
        "Cannot be shown yet: the code has not been delivered. The button appears once it is.",
    ),
    "key_used_for_other_input": (
        "没有再次下单：这个页面已经提交过，但内容和上次不同。请到「我的订单」核对，需要时重新打开商品页下单。",
        "Not ordered again: this page was submitted before with different content. Check My orders, and start from "
        "the item page if you need another order.",
    ),
    "listing_not_on_sale": (
        "还没有下单：商品已下架。没有扣款，请选别的商品。",
        "Not ordered: this item is no longer on sale. Nothing was charged; please choose another.",
    ),
    "no_such_alarm": (
        "没有处理：这个报警已处理，或要用操作来解决。请刷新页面。",
        "Not done: this alarm was dealt with already, or needs an act and not a note. Reload the page.",
    ),
    "no_such_channel_dispute": (
        "没有找到这个支付宝投诉。请回到订单页，从那里重新打开。",
        "This complaint at Alipay does not exist. Go back to the order page and open it from there.",
    ),
    "no_such_case": (
        "没有找到这个申请。请回到订单页，从那里重新打开。",
        "This request does not exist. Go back to the order page and open it from there.",
    ),
    "no_such_unit": (
        "没有找到这一件商品。请回到订单页，从那里重新操作。",
        "This unit does not exist. Go back to the order page and try from there.",
    ),
    "not_delivered_yet": (
        "还不能确认收货：商品还没有发出。没发货可以直接申请退款。",
        "Cannot confirm yet: nothing has been delivered. You can ask for a refund instead.",
    ),
    "order_exists": (
        "没有重复下单：同一笔订单已存在。请到「我的订单」查看。",
        "Not ordered twice: this order already exists. Find it under My orders.",
    ),
    "order_expired": (
        "不能付款：订单超时未付，已关闭。没有扣款，需要请重新下单；如果您已付过，钱会原路退回。",
        "Cannot pay: the order was not paid in time and is closed. Nothing was charged; please order again. If you "
        "did pay, the money goes back the way it came.",
    ),
    "order_not_payable": (
        "不能付款：这笔订单不在待付款状态。如果您已付过，请刷新订单页看结果。",
        "Cannot pay: this order is not waiting for payment. If you have paid, reload the order page.",
    ),
    "order_not_paid": (
        "还不能操作：这笔订单没有付款。请先付款，或放着不管，超时会自动关闭。",
        "Not possible yet: this order is not paid. Pay first, or leave it and it closes by itself.",
    ),
    "quantity_out_of_range": (
        "还没有下单：一笔最多买 10 件，最少 1 件。请改数量，或分几笔下单。",
        "Not ordered: one order holds 1 to 10 units. Please change the quantity or place several orders.",
    ),
    "reason_unknown": (
        "没有提交：请从列表里选一个原因。选得准，处理得快。",
        "Not submitted: please choose a reason from the list. The right reason makes it faster.",
    ),
    "reason_needed": (
        "没有处理：请写明理由。",
        "Not done: please write down the reason.",
    ),
    "refund_not_parked": (
        "没有重试：这笔退款不在等人工处理，可能已到账或还在进行。",
        "Not retried: this refund is not waiting for an operator; it may have arrived or still be on its way.",
    ),
    "refund_decided": (
        "不能再操作：这一件已决定退款，不能再显示、发货或更改。钱的进度见订单页。",
        "Not possible: a refund of this unit is decided, so it can no longer be shown, delivered or changed. "
        "The order page shows where the money is.",
    ),
    "answer_unknown": (
        "没有记录：请从列出的答复里选一个。",
        "Not recorded: please choose one of the answers offered.",
    ),
    "message_empty": (
        "没有发送：还没有写内容。请写几个字再发。",
        "Not sent: there are no words yet. Please write something.",
    ),
    "message_too_long": (
        "没有发送：一条最多 1,000 字。请分几条发。",
        "Not sent: a message holds up to 1,000 characters. Please send it in several.",
    ),
    "template_unknown": (
        "没有发送：没有这个模板。请刷新页面，重新选一个。",
        "Not sent: there is no such template. Reload the page and choose one.",
    ),
    "too_many_messages": (
        "没有发送：这笔订单的消息已到上限。请直接申请退款，或请平台介入。",
        "Not sent: this order holds no more messages. Ask for the refund itself, or call in the platform.",
    ),
    "unit_needed": (
        "没有发送：这笔订单有好几件，请说明问的是哪一件。",
        "Not sent: this order has several units; please say which one it is about.",
    ),
    "account_malformed": (
        "没有下单：账号的格式不对。请对照说明重填。",
        "Not ordered: the account does not have the right form. Please check it against the hint.",
    ),
    "price_changed": (
        "没有下单：价格刚刚变了。请看清新价格，再决定要不要买。",
        "Not ordered: the price has just changed. Look at the new one, then decide again.",
    ),
    "ruling_unknown": (
        "没有裁决：请选一条与结果一致的理由。",
        "Not decided: choose a reason that fits the outcome.",
    ),
    "unit_not_deliverable": (
        "没有发货：这一件不在待发货状态，可能已发过或已退款。请刷新列表。",
        "Not delivered: this unit is not waiting for you; it may be delivered or refunded. Reload the list.",
    ),
    **DISPUTE_REFUSALS,
    **MONEY_REFUSALS,
    **RETENTION_REFUSALS,
    **SERVICE_REFUSALS,
    **UPLOAD_REFUSALS,
}


def sentence(code: str, language: str) -> str:
    """The words for a refusal. Raises KeyError for a code that nobody wrote."""
    return REFUSALS[code][0 if language == "zh" else 1]
