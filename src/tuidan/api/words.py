"""The sentences of the machines' edge: title and detail of each problem code, Chinese and English.

They are for the people who write and run the calling program, so a refusal of the domain is said in one short line;
the sentences for buyers, with what to press next, are the pages' own.
"""

from __future__ import annotations

from tuidan.api.words_of_disputes import DISPUTE_REFUSALS
from tuidan.api.words_of_retention import RETENTION_REFUSALS
from tuidan.api.words_of_services import SERVICE_REFUSALS
from tuidan.api.words_of_uploads import UPLOAD_REFUSALS
from tuidan.domain.refusals import CODES

# code → (title zh, title en, detail zh, detail en)
PROBLEMS: dict[str, tuple[str, str, str, str]] = {
    "key_missing": (
        "需要密钥",
        "A key is needed",
        "请求要带有效的密钥：Authorization: Bearer td_…。密钥可能写错、没带或已撤销。",
        "Send a valid key: Authorization: Bearer td_…. It is missing, mistyped or revoked.",
    ),
    "not_allowed": (
        "没有权限",
        "Not allowed",
        "这把密钥的主人不能做这个操作。",
        "The owner of this key may not do this.",
    ),
    "own_case": (
        "不能裁决自己的案子",
        "Your own case",
        "您是这笔订单的买家或卖家，不能裁决它。",
        "You are the buyer or the seller of this order and may not decide it.",
    ),
    "not_found": (
        "没有找到",
        "Not found",
        "没有这个地址，或它不是您的。",
        "There is nothing here, or it is not yours.",
    ),
    "method_not_allowed": (
        "方法不对",
        "Method not allowed",
        "这个地址不接受这种方法，可用的见 Allow。",
        "This address does not take this method; Allow names those it does.",
    ),
    "length_required": (
        "需要长度",
        "Length required",
        "请带 Content-Length，不接受分块正文。",
        "Send Content-Length; a chunked body is not read.",
    ),
    "too_large": ("正文太大", "Too large", "正文超过 64 KB。", "The body is above 64 KB."),
    "not_json": (
        "不是 JSON",
        "Not JSON",
        "正文要是 application/json。",
        "The body must be application/json.",
    ),
    "unreadable": (
        "读不懂",
        "Unreadable",
        "正文不是一份完整的 UTF-8 JSON。",
        "The body is not one whole JSON text in UTF-8.",
    ),
    "idempotency_key_needed": (
        "需要幂等键",
        "An idempotency key is needed",
        "每个 POST 都要带 Idempotency-Key：1 到 64 个可见 ASCII 字符；重试用同一个。",
        "Every POST needs Idempotency-Key: 1 to 64 printable ASCII characters; use the same one to retry.",
    ),
    "invalid_input": (
        "输入不对",
        "Invalid input",
        "有字段不合要求，见 data.fields。",
        "Some fields are not as they must be; data.fields lists them.",
    ),
    "code_unavailable": (
        "卡密打不开",
        "The code cannot be shown",
        "这件的卡密已作废、收回、打不开或不完整。这次不算看过，可以申请退款。",
        "The code is void, taken back, not whole or cannot be opened. It does not count as shown; ask for a refund.",
    ),
    "too_many_requests": (
        "请求太频繁",
        "Too many requests",
        "这把密钥问得太快，请按 Retry-After 的秒数等一等再试。",
        "This key asks too often. Wait the seconds in Retry-After, then try again.",
    ),
    "channel_unknown": (
        "没有这个渠道",
        "Unknown channel",
        "没有接通这个名字的渠道。",
        "No channel of this name is connected.",
    ),
    "channel_refused": (
        "渠道不接受",
        "The channel refused",
        "支付渠道拒绝了这笔支付，重试没有用。",
        "The payment channel refused this payment; trying again will not help.",
    ),
    "channel_unavailable": (
        "渠道没有回答",
        "The channel did not answer",
        "支付渠道暂时没有回答。请用同一个幂等键稍后再试。",
        "The payment channel did not answer. Try again later with the same idempotency key.",
    ),
    "notice_refused": (
        "通知被拒绝",
        "Notice refused",
        "通知验不过：签名、商户或格式不对。什么都没有改动。",
        "The notice does not verify: signature, merchant or form. Nothing was changed.",
    ),
    "pdf_unavailable": (
        "不能出 PDF",
        "No PDF here",
        "本站没有装排版组件。请取 JSON，或打印网页 /orders/…/dossier/。",
        "This site has no typesetter. Take the JSON, or print the page /orders/…/dossier/.",
    ),
    "busy": (
        "太忙",
        "Busy",
        "这笔订单正被别的操作更改，什么都没有写。请用同一个幂等键再试。",
        "Others are changing this order; nothing was written. Try again with the same idempotency key.",
    ),
    "outcome_unknown": (
        "结果未知",
        "Outcome unknown",
        "数据库断开，不知道是否已写入。请用同一个幂等键再试，不会做两次。",
        "The database went away, so it is unknown whether this was done. Repeat it with the same idempotency key: "
        "it will not be done twice.",
    ),
    "internal_error": (
        "内部错误",
        "Internal error",
        "我们这边出错了，已记录。请用同一个幂等键再试。",
        "Something broke on our side and was logged. Try again with the same idempotency key.",
    ),
}


# code → (title zh, detail zh); the English is the domain's own.
REFUSALS: dict[str, tuple[str, str]] = {
    "account_needed": ("缺少账号", "充值和会员要填充值账号。"),
    "amount_out_of_range": ("金额超出范围", "金额不在 1 分和可退余额之间，上限见 data。"),
    "alarm_changed": ("报警有变", "看过之后报警又变了，现在的数见 data。"),
    "reason_needed": ("缺少理由", "请写明理由。"),
    "no_such_alarm": ("没有这个报警", "这个报警已处理，或要用操作来解决。"),
    "already_confirmed": ("已确认", "订单已确认收货或已结算。"),
    "already_refunded": ("已退款", "这一件已没有可退的钱。"),
    "case_changed": ("案子有变", "seen_version 之后有了新情况，请重新读取再裁决。"),
    "case_closed": ("案子已结", "这个申请已有结果或已撤回。"),
    "case_open": ("已有申请", "这一件已有一个申请在处理。"),
    "channel_dispute_closed": ("渠道争议已结束", "支付渠道的争议已结束，不能再补充说明。"),
    "channel_dispute_open": ("渠道争议未结束", "支付渠道的争议还没结束，这笔钱先不动。"),
    "comment_closed": ("不再征求意见", "这一版规则已经生效或已撤回。"),
    "comment_empty": ("意见为空或太长", "意见要有 1 到 1000 个字。"),
    "comment_limit": ("意见已满", "每人对一版规则最多提 5 条意见。"),
    "code_not_ready": ("卡密未发", "这一件的卡密还没有发出。"),
    "key_used_for_other_input": ("幂等键重复", "这个幂等键用过，但那次的输入不同。"),
    "listing_not_on_sale": ("未在售", "没有这个商品，或已下架。"),
    "no_such_channel_dispute": ("没有这个渠道争议", "订单里没有这个编号的渠道争议。"),
    "no_such_case": ("没有这个申请", "订单里没有这个编号的申请。"),
    "no_such_unit": ("没有这一件", "订单里没有这个编号的商品。"),
    "not_delivered_yet": ("未发货", "还没有发货，无从确认。"),
    "order_exists": ("订单已存在", "同一编号的订单已存在。"),
    "order_expired": ("订单已过期", "订单没有在时限内付款，已关闭。"),
    "order_not_payable": ("不能付款", "订单不在待付款状态。"),
    "order_not_paid": ("未付款", "订单还没有付款。"),
    "quantity_out_of_range": ("数量超出范围", "数量不在 1 和上限之间，上限见 data。"),
    "reason_unknown": ("原因不适用", "这个原因不在该类商品的列表里。"),
    "refund_not_parked": ("不在等处理", "这笔退款不在等人工处理。"),
    "refund_decided": ("已决定退款", "这一件已决定退款，不能再显示、发货或更改。"),
    "account_malformed": ("账号格式不对", "账号不符合商品要求的格式。"),
    "price_changed": ("价格变了", "价格已不是下单人看到的那个，现价见 data。"),
    "ruling_unknown": ("理由不适用", "裁决没有理由，或理由与结果不一致，可用的见 data。"),
    "answer_unknown": ("没有这种答复", "答复只能是列出的几种。"),
    "message_empty": ("没有内容", "消息没有文字。"),
    "message_too_long": ("消息太长", "一条消息最多 1,000 字。"),
    "template_unknown": ("没有这个模板", "消息写的模板不存在。"),
    "too_many_messages": ("消息太多", "这笔订单的消息已到上限。"),
    "unit_needed": ("没说是哪一件", "订单有好几件，问题要说明是哪一件。"),
    "payout_account_needed": ("缺少收款账户", "要填户名和账号。"),
    "no_such_payout": ("没有这笔付款", "订单里没有这个编号的银行付款。"),
    "no_such_recall": ("没有这笔追回", "订单里没有这个编号的追回。"),
    "payout_not_waiting": ("现在不能", "这笔银行付款不在等这一步，状态见 data。"),
    "refund_not_arrived": ("还没到账", "只有已到账的退款才能追回。"),
    "payer_state_unknown": ("账户状态不对", "付款账户只有 closed 和 open 两种。"),
    "same_person": ("要另一个人", "录入的人不能自己复核。"),
    "finding_unknown": ("认定不对", "年龄或责任比例超出范围，可用的见 data。"),
    "book_short": ("余额不足", "账户里没有这么多钱，余额见 data。"),
    "coupon_not_usable": ("优惠券不能用", "优惠券不属于此人此店，金额不够，已用或已过期。"),
    "fund_short": ("基金不足", "先行赔付基金的余额不够，见 data。"),
    "limit_out_of_range": ("额度不对", "额度不能低于已用金额，单笔上限不能高于总额度。"),
    "reference_missing": ("缺少流水号", "要填银行流水号，最多 64 个字符。"),
    "seller_owes": ("卖家有欠款", "卖家还欠平台的钱，不能提现，也不退保证金。"),
    "unit_not_deliverable": ("不能发货", "这一件不在等卖家发货。"),
    **DISPUTE_REFUSALS,
    **RETENTION_REFUSALS,
    **SERVICE_REFUSALS,
    **UPLOAD_REFUSALS,
}


def sentence(code: str, language: str) -> tuple[str, str]:
    """Title and detail of a code in `zh` or `en`. Raises KeyError for a code that nobody wrote."""
    english = language == "en"
    if code in PROBLEMS:
        title_zh, title_en, detail_zh, detail_en = PROBLEMS[code]
        return (title_en, detail_en) if english else (title_zh, detail_zh)
    if english:
        return code.replace("_", " ").capitalize(), _whole(CODES[code])
    return REFUSALS[code]


def _whole(phrase: str) -> str:
    return f"{phrase[0].upper()}{phrase[1:]}."
