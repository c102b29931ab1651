"""Words of the public rules page: the matrix of kinds and states, the outcomes, and each rule in plain words."""

WORDS: dict[str, tuple[str, str]] = {
    "rules.title": ("退款规则", "Refund rules"),
    "rules.lead": (
        "能退多少，由哪条规则、凭什么事实决定，这里写全了。每笔订单都按下单时的版本处理。",
        "How much comes back, by which rule and on which facts. Each order keeps the version it was placed under.",
    ),
    "rules.version": ("现行版本", "Version in force"),
    "rules.hash": ("SHA-256", "SHA-256"),
    "rules.machine": ("机器可读的规则全文", "The rules as data"),
    "rules.how": ("怎么退，要多久", "How, and how long"),
    "rules.how.apply": ("申请", "Ask"),
    "rules.how.apply_body": (
        "在订单页点「申请退款」，选原因。记录清楚的当场出结果。",
        "Press Ask for a refund on the order and choose a reason. Clear cases are decided at once.",
    ),
    "rules.how.person": ("人工", "A person"),
    "rules.how.person_body": (
        "规则判不了的由人审核，3 个工作日内给结果和理由。节假日按国务院安排。",
        "What rules cannot settle, a person decides within 3 Chinese working days, with reasons.",
    ),
    "rules.how.money": ("钱", "Money"),
    "rules.how.money_body": (
        "自动退款 10 分钟内提交渠道，其余 24 小时内。原路退回付款账户，渠道确认后才算到账。",
        "Automatic refunds are handed to the channel within 10 minutes, others within 24 hours, always to the account that paid. It counts as arrived when the channel confirms.",
    ),
    "rules.how.disagree": ("不同意", "If you disagree"),
    "rules.how.disagree_body": (
        "7 天内带新证据再申请；也可找 12315，或在支付宝账单发起交易争议。",
        "Ask again with new evidence within 7 days, call 12315, or raise a dispute on the Alipay bill.",
    ),
    "rules.window": (
        "秒退窗口 {window}：从付款成功那一秒起算，含最后一秒，以平台时间为准。发货晚了，发货后至少还有 {after}。窗口过了不等于认可质量。",
        "The instant window is {window}: it runs from the second of payment, includes the last second, by the platform's clock. After a late delivery at least {after} remain. Its end does not mean you accept the quality.",
    ),
    "rules.matrix": ("什么情况退多少", "What comes back when"),
    "rules.col.when": ("情况", "Situation"),
    "rules.col.result": ("结果", "Outcome"),
    "rules.col.rule": ("规则", "Rule"),
    "rules.each": ("每条规则", "Each rule"),
    "rules.example": (
        "以下由现行规则实时算出，不是另写的说明。",
        "Computed from the rules in force, not written beside them.",
    ),
    "outcome.approve_full": ("全额退", "Full refund"),
    "outcome.approve_partial": ("退一部分", "Part comes back"),
    "outcome.reject": ("不退", "No refund"),
    "outcome.needs_evidence": ("先补证据", "Evidence needed first"),
    "outcome.to_seller": ("先由卖家答复", "The seller answers first"),
    "outcome.to_appraisal": ("先做鉴定", "A neutral check first"),
    "outcome.to_platform": ("人工判断", "A person decides"),
    "case.card_code.undelivered_late": ("超过承诺时间没发卡密", "No code within the promised time"),
    "case.card_code.window": (
        "没看过卡密，付款 {window}内不想要了",
        "Unseen code, no longer wanted within {window} of paying",
    ),
    "case.card_code.sealed": (
        "没看过卡密，{days} 天内不想要了",
        "Unseen code, no longer wanted within {days} days",
    ),
    "case.card_code.revealed": ("看过卡密，没有问题，不想要了", "Code seen, nothing wrong, no longer wanted"),
    "case.card_code.invalid": ("发行方说卡密无效", "The issuer says the code is invalid"),
    "case.card_code.before": ("「已被激活」，激活早于查看", "Already activated, before it was shown"),
    "case.card_code.after_buyer": (
        "「已被激活」，查看后由买家自己的账号激活",
        "Already activated, after it was shown, by the buyer's own account",
    ),
    "case.card_code.after_unknown": (
        "「已被激活」，查看后由不明账号激活",
        "Already activated, after it was shown, by an unknown account",
    ),
    "case.top_up.failed": ("充值失败", "The top-up failed"),
    "case.top_up.partial": ("充 50 元只到 10 元", "10 of 50 yuan arrived"),
    "case.top_up.queued": ("还没提交，不想充了", "Not yet sent, no longer wanted"),
    "case.top_up.credited": ("已到账，不想要了", "Credited, no longer wanted"),
    "case.top_up.other_account": (
        "充到了别的账号，不是买家填的",
        "Credited to an account the buyer did not give",
    ),
    "case.membership.undelivered_late": ("超过承诺时间没开通", "Not opened within the promised time"),
    "case.membership.stopped": (
        "卖家中途停用，用了 10 天共 30 天",
        "Stopped by the seller after 10 of 30 days",
    ),
    "case.membership.opened": ("已开通，不想要了", "Opened, no longer wanted"),
    "case.service.not_started": ("还没开始，不想要了", "Not started, no longer wanted"),
    "case.service.in_progress": ("做了 40%，双方认可，买家不做了", "40% done and agreed, the buyer ends it"),
    "case.service.disputed": ("进度说法不一", "The two sides disagree on progress"),
    "rule.R1": (
        "没交付或交付失败，超过承诺时间：全额退。",
        "Not delivered, or failed, past the promise: full refund.",
    ),
    "rule.R2": (
        "自动发货的商品，付款后秒退窗口内没看过卡密：一键全额退。",
        "Automatic delivery, code unseen, inside the instant window: full refund in one tap.",
    ),
    "rule.R3": (
        "没看过、发行方显示未使用的卡密：7 天内全额退。",
        "Unseen and unused by the issuer's record: full refund within 7 days.",
    ),
    "rule.R4": (
        "看过的卡密没有问题：不能因为改主意退。",
        "A seen code without a fault: no change-of-mind refund.",
    ),
    "rule.R5": (
        "查看前已被激活，卖家承担；查看后被买家账号激活，不退；账号不明、同一秒或没有时间，由人判断。",
        "Activated before it was shown: the seller bears it. After, by the buyer's account: no refund. Unknown account, same second or no time: a person decides.",
    ),
    "rule.R6": (
        "卡密无效、过期、锁定、区服不符、面值不足：卖家承担，没用过全额退，用过补差。",
        "Invalid, expired, locked, wrong region or short value: at the seller's cost; in full if unused, the shortfall if used.",
    ),
    "rule.R7": (
        "充值失败马上全额退；少到按比例退，分以下归买家；充到确认过的账号算交付；充到别处卖家承担。",
        "A failed top-up is refunded at once; short arrival pro rata, rounded in the buyer's favour; credited to the confirmed account counts as delivered; elsewhere the seller bears it.",
    ),
    "rule.R8": (
        "重复付款马上退；重复下单没执行的退一笔。",
        "A double payment goes back at once; a duplicate order not carried out is refunded.",
    ),
    "rule.R9": (
        "会员被卖家停用，按没用的天数退；没通知就续费且没用，全额退。",
        "A membership stopped by the seller: unused days. Renewed without notice and unused: in full.",
    ),
    "rule.R10": (
        "服务没开始全额退；买家中止按认可的进度结算；卖家中止或超时，其余全退；进度有争议先鉴定。",
        "A service not started: in full. Ended by the buyer: agreed progress is paid. Ended by the seller or late: the rest comes back. Disputed progress is appraised.",
    ),
    "rule.R11": (
        "证据要有订单号、时间和关键信息，缺的给 48 小时补。平台和发行方已有记录的不再要求举证。造假或挪用的不认。",
        "Evidence needs order number, time and key information; 48 hours to add what is missing. What our or the issuer's log proves is never asked again. Forged or reused evidence is refused.",
    ),
    "rule.R12": (
        "卖家 24 小时内答复；不答复而证据齐全的，支持买家。",
        "The seller answers within 24 hours; silence against complete evidence goes to the buyer.",
    ),
    "rule.R13": (
        "退款多不会单独成为拒绝的理由，核实不了时由人判断。",
        "A refund history never decides alone; what cannot be verified goes to a person.",
    ),
    "rule.R14": (
        "站外付的钱退不了；卖家引导站外付款的，由人处理并罚卖家。",
        "Money paid outside cannot be refunded here; a seller who led the buyer out is handled by a person.",
    ),
    "rule.R15": (
        "货款已给卖家也照样退；渠道退不了的，书面同意后退到本人同名账户。",
        "A settled order is refunded all the same; where the channel cannot, to an account in the payer's own name with consent.",
    ),
    "rule.R16": (
        "未满 8 岁付的钱全退；8 到 17 岁看监护人是否追认、金额是否相称。",
        "Paid by a child under 8: all back. From 8 to 17 it depends on the guardian's consent and the amount.",
    ),
    "rule.R17": (
        "人工审核 3 个工作日，鉴定 7 个工作日，按官方日历。",
        "Review takes 3 working days, appraisal 7, by the official calendar.",
    ),
    "rule.R18": (
        "无效的格式条款（如「不退不换」）不能作为拒绝的理由。",
        "A void term such as no-returns can never be a reason to refuse.",
    ),
    "rule.R19": (
        "同一原因没有新事实不重开；有新证据 7 天内可再申请，换人审核。",
        "No new facts, no reopening; with new evidence within 7 days another reviewer looks.",
    ),
    "rule.R20": (
        "支付渠道已有争议的，先冻结，由人合并处理，不会退两次。",
        "With a channel dispute open everything is frozen and merged by a person; never refunded twice.",
    ),
    "rule.R21": (
        "自营商品由平台直接决定，不推给卖家。",
        "For our own goods the platform decides as the seller.",
    ),
    "rule.R22": ("优惠券退券，现金按实付退。", "Coupons come back as coupons, cash as actually paid."),
    "rule.R23": (
        "退到原付款账户；买家自己选才退余额，绝不退给别人。",
        "Refunds go to the account that paid; to a balance only if the buyer chooses; never to someone else.",
    ),
    "rule.R24": (
        "买家弄错但还能撤回的：90 天内第一次免费，之后收实付的 2%，最多 5 元。",
        "A buyer's mistake that can be undone: the first in 90 days is free, then 2% of what was paid, at most ¥5.",
    ),
}
