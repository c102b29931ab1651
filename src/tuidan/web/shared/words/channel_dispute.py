"""Words of disputes at the payment channel, of its settlement, and of the alarms that an operator sees."""

WORDS: dict[str, tuple[str, str]] = {
    "event.channel_dispute_opened": (
        "支付宝有交易投诉，涉及 ¥{amount}，这笔钱先不动",
        "A complaint was opened at Alipay over ¥{amount}; the money stays where it is",
    ),
    "event.channel_dispute_answered": ("平台向支付宝提交了说明", "The platform sent its side to Alipay"),
    "event.channel_dispute_answer_taken": ("支付宝已收到平台的说明", "Alipay has the platform's side"),
    "event.channel_dispute_closed": ("支付宝投诉已结束", "The complaint at Alipay is closed"),
    "event.channel_dispute_closed.won": (
        "支付宝投诉已结束，钱没有被划走，这里继续处理",
        "The complaint at Alipay is closed; no money was taken, and things go on here",
    ),
    "event.channel_dispute_closed.lost": (
        "支付宝投诉已结束，由支付宝退款",
        "The complaint at Alipay is closed; Alipay returned the money",
    ),
    "event.channel_dispute_closed.withdrawn": (
        "支付宝投诉已撤回，这里继续处理",
        "The complaint at Alipay was withdrawn; things go on here",
    ),
    "event.charged_back": ("支付宝直接退给买家 ¥{amount}", "Alipay returned ¥{amount} to the buyer by itself"),
    "event.refund_charged_back": (
        "这笔退款已由支付宝退回，平台不再重复退",
        "Alipay has paid this refund already; it is not sent again",
    ),
    "event.refund_reduced": (
        "支付宝已退 ¥{amount}，平台只退余下部分",
        "Alipay has returned ¥{amount}; only the rest is sent",
    ),
    "event.chargeback_doubled": (
        "平台和支付宝都退了 ¥{amount}，已报警核查",
        "¥{amount} was returned both here and by Alipay; an alarm was raised",
    ),
    "event.settlement_known": ("支付宝没有告知是否已结算", "Alipay does not say whether it has settled"),
    "event.settlement_known.settled": (
        "支付宝已把这笔钱结算给平台",
        "Alipay has settled this money to the platform",
    ),
    "event.settlement_known.unsettled": (
        "支付宝还没有结算这笔钱",
        "Alipay has not settled this money yet",
    ),
    "event.settlement_asked": ("向支付宝查询结算状态", "Alipay was asked about settlement"),
    "event.refund_outside": (
        "支付宝在平台之外退了 ¥{amount}，已报警核查",
        "Alipay returned ¥{amount} outside this platform; an alarm was raised",
    ),
    "event.alarm_acknowledged": ("运营已处理报警", "An operator dealt with the alarm"),
    "state.refund.charged_back": ("支付宝已退", "Returned by Alipay"),
    "money.note.charged_back": (
        "支付宝按投诉把这笔钱退给了您，平台不再重复退。",
        "Alipay returned this money on your complaint; the platform does not send it again.",
    ),
    "money.note.frozen": (
        "支付宝的投诉还没结束，退款先等着，免得退两次。结束后自动继续。",
        "The complaint at Alipay is still open, so this refund waits and nothing is paid twice. It goes on by itself.",
    ),
    "ruling.charged_back": ("支付宝已把这笔钱退回。", "Alipay has returned this money."),
    "channel.title": ("支付宝投诉", "Complaint at Alipay"),
    "channel.number": ("投诉号", "Complaint number"),
    "channel.amount": ("涉及金额", "Amount"),
    "channel.charged": ("支付宝已退", "Returned by Alipay"),
    "channel.opened": ("发起", "Opened"),
    "channel.due": ("平台回复期限", "Our answer by"),
    "channel.answer": ("平台的说明", "What the platform said"),
    "channel.status.open": (
        "支付宝在处理。期间这里不退款、不放款，免得退两次。",
        "Alipay is looking at it. Meanwhile nothing is refunded or released here, so that nothing is paid twice.",
    ),
    "channel.status.answered": (
        "平台已向支付宝说明，等支付宝的结果。期间这里不退款、不放款。",
        "The platform has answered; Alipay decides. Meanwhile nothing is refunded or released here.",
    ),
    "channel.status.won": (
        "已结束，支付宝没有划走钱，这里照常处理。",
        "Closed: Alipay took no money, and things go on here.",
    ),
    "channel.status.lost": (
        "已结束，支付宝已退款。",
        "Closed: Alipay returned the money.",
    ),
    "channel.status.withdrawn": ("已撤回，这里照常处理。", "Withdrawn; things go on here."),
    "channel.stop.title": ("支付宝还能拦下这笔钱吗", "Can Alipay still stop this money"),
    "channel.stop.yes": (
        "能。支付宝还没有结算这笔钱，在那里投诉仍可能拦下。",
        "Yes. Alipay has not settled this money yet, so a complaint there may still stop it.",
    ),
    "channel.stop.no": (
        "不能。支付宝已结算或钱已退回。在这里申请退款不受影响。",
        "No. Alipay has settled it, or it went back. Asking for a refund here is not affected.",
    ),
    "channel.stop.unknown": (
        "支付宝没有告知。在这里申请退款不受影响。",
        "Alipay does not say. Asking for a refund here is not affected.",
    ),
    "channel.stop.never": ("还没有查过。", "Not asked yet."),
    "channel.stop.ask": ("查一下", "Ask Alipay"),
    "channel.stop.asked": ("正在向支付宝查询，稍后刷新看结果", "Asking Alipay; reload in a moment"),
    "channel.where.alipay": (
        "入口：支付宝 App，「账单」里点开这笔付款，选「对此订单有疑问」。先在这里申请更快；两边同时进行时，这里会先停下。",
        "Where: in the Alipay app open this payment under Bills and choose the entry for questions about the order. "
        "Asking here first is quicker; while both run, things stop here.",
    ),
    "channel.reply.title": ("向支付宝说明", "Answer to Alipay"),
    "channel.reply.words": ("说明和证据，最多 200 字", "Our side and evidence, at most 200 characters"),
    "channel.reply.send": ("提交给支付宝", "Send to Alipay"),
    "channel.reply.sent": ("说明已提交，正在送到支付宝", "Written down and on its way to Alipay"),
    "channel.reply.empty": ("没有提交：请写说明。", "Not sent: please write something."),
    "channel.draft": (
        "订单 {order}：{paid} 付款；{delivered}；平台记录可查。",
        "Order {order}: paid {paid}; {delivered}; the platform's log can be shown.",
    ),
    "channel.draft.delivered": ("{at} 已交付", "delivered {at}"),
    "channel.draft.revealed": ("{at} 买家已查看卡密", "code shown to the buyer {at}"),
    "channel.draft.nothing": ("尚未交付", "not delivered yet"),
    "alarm.refund_parked": ("退款被渠道挡住", "A refund is held up at the channel"),
    "alarm.suspense": ("多退的钱没有着落", "Money was returned twice"),
    "alarm.chargeback": ("渠道划走的钱没有着落", "Money taken back by the channel is not covered"),
    "alarm.channel_dispute": ("支付宝投诉待处理", "A complaint at Alipay is open"),
    "alarm.supplied_after_refund": ("退款后供货商又充值了", "Supplied after the refund"),
    "alarm.refund_outside": ("有人在渠道后台退了款", "Somebody refunded in the channel's console"),
    "alarm.extortion": ("聊天里有威胁或勒索", "Threats in the chat"),
    "alarm.no_order": ("通知对不上任何订单", "A notice fits no order of ours"),
    "alarm.why": ("报警", "Alarm"),
    "alarm.open": ("处理", "Deal with it"),
}
