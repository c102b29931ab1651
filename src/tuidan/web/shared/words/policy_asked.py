"""Sentences for the reasons that ask somebody first: the buyer, the seller, an appraiser or a person here. `(zh, en)`."""

REASONS: dict[str, tuple[str, str]] = {
    "evidence_missing": (
        "现有材料看不出问题：请补充能看到订单号、时间和关键信息的完整截图或录屏，并写明哪里不对。",
        "What you filed does not show the problem. Please add a full screenshot or recording with order number, time "
        "and the key details, and say what is wrong.",
    ),
    "evidence_missing_against_log": (
        "上游记录显示已交付，现有材料不足以推翻：请补充能看到账号、时间的官方记录或完整截图。",
        "The supplier's record says delivered. Please add an official record or a full screenshot that shows account "
        "and time.",
    ),
    "guardian_papers_missing": (
        "请补充监护关系、未成年人身份和由其本人操作的证明。期间款项冻结。",
        "Please add proof of guardianship, of the child's identity, and that the child acted. The money stays frozen "
        "meanwhile.",
    ),
    "off_platform_unproven": (
        "这笔钱没有经过平台。如果是卖家引导您到站外付款，请补充聊天记录。",
        "This money never passed through us. If the seller led you outside, please add the chat.",
    ),
    "within_promise": (
        "[约定 {promised_seconds}内交付，]还没有超时，已转卖家确认能否拦截。",
        "[Promised within {promised_seconds}. ]It is not late yet. The seller is asked whether it can be stopped.",
    ),
    "within_promise_no_answer": (
        "还没有超时，卖家也没有答复能否拦截，由平台人工处理。",
        "It is not late yet and the seller does not say whether it can be stopped, so a person here takes over.",
    ),
    "seller_not_asked": (
        "先由卖家在 {answer_seconds}内答复，到期不答复由平台处理。",
        "The seller is asked first and has {answer_seconds}; then the platform decides.",
    ),
    "seller_time_running": (
        "卖家的 {answer_seconds}答复时间还没有到[（已过 {asked_seconds}）]，到期由平台处理。",
        "The seller's {answer_seconds} are not over[ ({asked_seconds} gone)]; then the platform decides.",
    ),
    "replacement_offered": (
        "卖家提出换一个，先看换后的结果；不接受也可以请平台处理。",
        "The seller offers a replacement; see whether it works, or ask the platform.",
    ),
    "delivered_late": (
        "记录显示交付晚于承诺时间，补偿由双方先协商，谈不成由平台处理。",
        "It came later than promised; the two sides settle the compensation first, then the platform does.",
    ),
    "mistake_ask_seller": (
        "能不能撤回要看上游，先由卖家确认。",
        "Whether it can be undone depends on the provider; the seller finds out first.",
    ),
    "progress_not_agreed": (
        "完成进度双方还没有确认，先由卖家说明。",
        "The progress is not agreed yet; the seller states it first.",
    ),
    "progress_disputed": (
        "双方对完成进度说法不一，由第三方核对官方记录后再结算。期间不计审核时间。",
        "The two sides disagree on the progress; a third party checks the official record. The review clock is "
        "stopped.",
    ),
    "description_disputed": (
        "商品是否与描述相符、责任在谁有争议，交第三方核验。期间不计审核时间。",
        "Whether it matches the description, and whose fault it is, is disputed; a third party checks. The review "
        "clock is stopped.",
    ),
    "issuer_must_check": (
        "双方证据相反，要由发行方或第三方核验这张卡的使用记录。期间不计审核时间。",
        "The evidence conflicts; the issuer or a third party checks how the code was used. The review clock is "
        "stopped.",
    ),
    "work_disputed": (
        "双方对服务结果说法相反，交第三方核对。期间不计审核时间。",
        "The two sides disagree on the result; a third party checks. The review clock is stopped.",
    ),
    "records_contradict": (
        "系统记录和您的证据互相矛盾，由平台人工向上游核实。",
        "The records and your evidence contradict each other; a person here checks upstream.",
    ),
    "channel_dispute_open": (
        "这笔付款在支付渠道已有争议，先冻结并合并处理，避免重复退款。",
        "A dispute on this payment is open at the channel; the money is frozen and both are handled together, so that "
        "nothing is paid twice.",
    ),
    "seller_led_off_platform": (
        "货款没有经过平台，但聊天记录显示是卖家引导站外付款，由平台人工调查，可动用卖家保证金。也请您报警。",
        "The money never passed through us, but the chat shows that the seller led you outside. A person here "
        "investigates and may use the seller's deposit. Please also go to the police.",
    ),
    "amount_unknown": (
        "实付金额查不到，由平台人工核对。",
        "The amount paid is not known; a person here checks.",
    ),
    "second_payment_not_found": (
        "平台只查到一笔付款，与您的凭证不符，由平台人工向支付渠道核对。",
        "We find only one payment, unlike your proof; a person here asks the channel.",
    ),
    "appeal_with_new_facts": (
        "有新证据，换一位审核员复核。",
        "There is new evidence; another reviewer looks again.",
    ),
    "promise_unknown": (
        "还没有交付，约定时间查不到，由平台人工处理。",
        "Nothing is delivered and the promised time is not known; a person here takes over.",
    ),
    "delivery_unknown": (
        "交付情况不明，由平台人工核实。",
        "The state of delivery is not known; a person here checks.",
    ),
    "kind_unknown": (
        "商品类型不明，由平台人工处理。",
        "The kind of goods is not known; a person here takes over.",
    ),
    "face_was_verified": (
        "付款时核验过成年人身份，是否由未成年人操作要由平台人工核实。",
        "An adult was verified at payment; whether a child acted is checked by a person here.",
    ),
    "minor_claimed_before": (
        "之前已主张过未成年人退款，监护责任如何分担由平台人工判断。",
        "A minor's refund was claimed before; how the guardian shares the loss is judged by a person here.",
    ),
    "rental_to_minor": (
        "账号不得租给未成年人，由平台人工处理。",
        "Accounts may not be rented to minors; a person here takes over.",
    ),
    "logs_contradict": (
        "激活时间早于查看，账号却是您的，记录互相矛盾，由平台人工核实。",
        "The code was activated before you saw it, yet by your account; the records contradict and a person here "
        "checks.",
    ),
    "exclusion_not_confirmed": (
        "下单时没有单独确认「不支持无理由退款」，能退多少由平台人工判断。",
        "You did not confirm separately that a change of mind is excluded; a person here judges what goes back.",
    ),
    "activated_by_unknown_account": (
        "发行方记录显示查看后被激活，但激活账号不是您绑定的账号，由平台人工核实。",
        "The code was activated after you saw it, by an account that is not known to be yours; a person here checks.",
    ),
    "activated_same_second": (
        "激活和查看在同一秒，分不出先后，由平台人工核实。",
        "Activation and reveal fall in the same second; a person here checks.",
    ),
    "activation_time_unknown": (
        "发行方只说已激活，没有给出时间，由平台人工核实。",
        "The issuer says activated but not when; a person here checks.",
    ),
    "codes_mixed": (
        "几张卡的状态不一样，数量还不清楚，由平台人工核实。",
        "The codes differ in state and the numbers are not known; a person here checks.",
    ),
    "reveal_unknown": (
        "卡密有没有完整显示不能确定，由平台人工核实。",
        "Whether the code was fully shown is not certain; a person here checks.",
    ),
    "issuer_unknown": (
        "卡密没有查看，但发行方状态查不到，由平台人工核实后处理。",
        "The code was never shown, but the issuer does not answer; a person here checks first.",
    ),
    "days_unknown": (
        "会员已停用，用了多少天不清楚，由平台人工核算。",
        "The membership was stopped but the days used are not known; a person here works it out.",
    ),
    "own_goods": (
        "这是自营商品，由平台作为卖家处理。",
        "The platform itself is the seller, so it handles this.",
    ),
    "seller_unknown": (
        "卖家信息不明，由平台处理。",
        "The seller is not known, so the platform handles this.",
    ),
    "history_needs_person": (
        "系统记录无法证实，需要人工看一遍再决定；这不代表您不能退款。",
        "Our records cannot confirm it, so a person looks first. That does not mean that you get no refund.",
    ),
}
