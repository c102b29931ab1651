"""Sentences for the reasons that give money back: what the records show, and what follows. `(Chinese, English)`."""

REASONS: dict[str, tuple[str, str]] = {
    "delivery_failed": (
        "上游确认交付失败，款项全额退回，您不用举证。",
        "The supplier confirmed that delivery failed, so all of it goes back. You need not prove anything.",
    ),
    "order_cancelled": (
        "订单已取消，货款还在平台，全额退回。",
        "The order was cancelled and the money is still here, so all of it goes back.",
    ),
    "promise_passed": (
        "[承诺 {promised_seconds}内交付，]付款 {seconds_since_paid}后仍未交付，已经超时，全额退回。",
        "[Delivery was promised within {promised_seconds}. ]Nothing came {seconds_since_paid} after payment, so all "
        "of it goes back.",
    ),
    "promise_passed_in_flight": (
        "[承诺 {promised_seconds}内到账，]付款 {seconds_since_paid}后仍未到账，撤销上游请求后全额退回。",
        "[Promised within {promised_seconds}. ]Nothing arrived {seconds_since_paid} after payment; the order upstream "
        "is withdrawn and all of it goes back.",
    ),
    "intercepted": (
        "订单还没有提交上游，可以拦下，没有损失。",
        "The order has not been sent upstream yet, so it can be stopped and nobody loses.",
    ),
    "intercepted_by_seller": (
        "卖家答复可以拦截，全额退回。",
        "The seller can stop the order, so all of it goes back.",
    ),
    "first_mistake_free": (
        "90 天内首次误操作，免手续费。",
        "First mistake in 90 days: no fee.",
    ),
    "mistake_fee": (
        "90 天内第 {mistake_number} 次误操作，扣 {fee_basis_points}% 手续费 {fee_fen} 元，退 {amount_fen} 元。",
        "Mistake no. {mistake_number} in 90 days: a fee of {fee_basis_points}% (¥{fee_fen}) is kept and ¥{amount_fen} "
        "goes back.",
    ),
    "undone": (
        "上游可以撤回，这次误操作还来得及。",
        "The provider can still undo it.",
    ),
    "duplicate_payment": (
        "支付记录显示同一订单付了两次，多付的 {second_payment_fen} 元立即退回。",
        "The payment record shows two payments for one order; the second, ¥{second_payment_fen}, goes back at once.",
    ),
    "instant_window": (
        "付款后 {seconds_since_paid}申请，没有超过 {window_seconds}的秒退时限，卡密未查看，发行方显示未使用，立即全额退回。",
        "Asked {seconds_since_paid} after payment, within the instant window of {window_seconds}; the code was never "
        "shown and the issuer says unused, so all of it goes back at once.",
    ),
    "sealed_unused": (
        "卡密从未查看，发行方显示未使用，且在 {days} 天内，可以退。",
        "The code was never shown, the issuer says unused, and {days} days have not passed, so it can go back.",
    ),
    "reveal_failed": (
        "平台日志显示查看时报错，卡密从未完整显示，按未交付全额退回，这张卡作废。",
        "Our log shows that revealing failed, so the code was never fully shown. It counts as not delivered: all of "
        "it goes back and the code is void.",
    ),
    "codes_missing": (
        "[共 {codes_total} 张，实发 {codes_delivered} 张，]少发的部分退 {amount_fen} 元。",
        "[{codes_delivered} of {codes_total} codes were delivered. ]¥{amount_fen} goes back for the missing ones.",
    ),
    "sold_twice": (
        "平台比对发现这个卡密已售给别的买家，由卖家承担，全额退回。",
        "The same code was sold to another buyer, so all of it goes back at the seller's cost.",
    ),
    "codes_activated_before_reveal": (
        "{codes_total} 张中有 {codes_bad} 张在您查看之前已被激活，按比例退 {amount_fen} 元。",
        "{codes_bad} of {codes_total} codes were activated before you saw them; ¥{amount_fen} goes back.",
    ),
    "activated_before_reveal": (
        "发行方记录的激活时间早于您查看的时间[（早 {activation_gap_seconds}）]，属于交付了无效卡密，全额退回。",
        "The issuer shows activation[ {activation_gap_seconds}] before you saw the code, so what was delivered was "
        "already used. All of it goes back.",
    ),
    "face_value_short": (
        "约定面值 {face_ordered_fen} 元，实际 {face_real_fen} 元，按差额退 {amount_fen} 元。",
        "The face value is ¥{face_real_fen} instead of ¥{face_ordered_fen}; ¥{amount_fen} goes back for the shortfall.",
    ),
    "face_value_short_unused": (
        "约定面值 {face_ordered_fen} 元，实际 {face_real_fen} 元，卡密还没使用，全额退回。",
        "The face value is ¥{face_real_fen} instead of ¥{face_ordered_fen} and the code is unused, so all of it goes "
        "back.",
    ),
    "issuer_rejects_code": (
        "发行方显示卡密无效或被锁定，全额退回。",
        "The issuer says the code is invalid or locked, so all of it goes back.",
    ),
    "delivered_late_sealed": (
        "交付晚于承诺时间，卡密也没有查看，全额退回。",
        "It came later than promised and was never opened, so all of it goes back.",
    ),
    "eu_withdrawal_kept": (
        "付款前没有取得完整的欧盟撤回权放弃确认，卡密未使用，全额退回。",
        "You did not validly give up the EU right of withdrawal and the code is unused, so all of it goes back.",
    ),
    "credited_elsewhere": (
        "实际充入的账号和您下单时确认的不一致，全额退回。",
        "The account credited is not the one you confirmed in the order, so all of it goes back.",
    ),
    "top_up_reversed": (
        "到账后又被上游冲正扣回，退 {amount_fen} 元。",
        "The credit was taken back upstream; ¥{amount_fen} goes back to you.",
    ),
    "arrived_short": (
        "应到 {ordered_fen} 元，实到 {arrived_fen} 元，按实付 {paid_fen} 元的比例退 {amount_fen} 元。",
        "¥{arrived_fen} of ¥{ordered_fen} arrived; the same share of the ¥{paid_fen} paid, ¥{amount_fen}, goes back.",
    ),
    "nothing_credited": (
        "发行方记录显示没有入账，全额退回。",
        "The issuer shows that nothing was credited, so all of it goes back.",
    ),
    "plan_short": (
        "订的是 {months_ordered} 个月，只开通了 {months_opened} 个月，退 {amount_fen} 元。",
        "{months_opened} of {months_ordered} months were opened; ¥{amount_fen} goes back.",
    ),
    "stopped_by_seller": (
        "会员因卖家或上游原因停用，[{days_total} 天里用了 {days_used} 天，]剩余部分退 {amount_fen} 元。",
        "The membership was stopped by the seller or its supplier[ after {days_used} of {days_total} days]; "
        "¥{amount_fen} goes back for the rest.",
    ),
    "stopped_by_seller_open_ended": (
        "商品承诺长期有效，却因卖家原因失效，全额退回。",
        "It was sold without an end and failed because of the seller, so all of it goes back.",
    ),
    "stopped_early": (
        "会员提前停用，[{days_total} 天里用了 {days_used} 天，]剩余部分退 {amount_fen} 元。",
        "The membership ended early[ after {days_used} of {days_total} days]; ¥{amount_fen} goes back for the rest.",
    ),
    "not_activated": (
        "服务商记录显示没有开通，全额退回。",
        "The provider shows that it was never opened, so all of it goes back.",
    ),
    "renewal_not_announced": (
        "续费前没有提醒您，退 {amount_fen} 元，并关闭自动续费。",
        "You were not told before the renewal; ¥{amount_fen} goes back and renewal is switched off.",
    ),
    "not_as_described_on_record": (
        "商品页面和聊天记录都在平台，显示交付的与描述不符，卖家也没有否认，全额退回。",
        "The listing and the chat are on record and show something else than described, and the seller does not deny "
        "it. All of it goes back.",
    ),
    "service_not_started": (
        "服务还没有开始，没有产生人工，全额退回。",
        "The work has not begun, so all of it goes back.",
    ),
    "rental_login_failed": (
        "登录记录显示密码错误，租期没有开始，全额退回。",
        "The login log shows a wrong password: the rental never began, so all of it goes back.",
    ),
    "rental_taken_back": (
        "登录记录显示您用了 {minutes_used} 分钟后号主上线，剩余时间退 {amount_fen} 元。",
        "The owner took the account back after {minutes_used} minutes; ¥{amount_fen} goes back for the rest.",
    ),
    "rental_ended_by_buyer": (
        "您用了 {minutes_used} 分钟后不再租用，不足 {piece_minutes} 分钟按 {piece_minutes} 分钟计，退 {amount_fen} 元。",
        "You used {minutes_used} minutes; started pieces of {piece_minutes} minutes are charged and ¥{amount_fen} goes "
        "back.",
    ),
    "banned_during_service": (
        "官方处罚发生在代练期间，登录记录相符，全额退回[，另从安全保证金赔 {compensation_fen} 元]。",
        "The ban falls within the service and matches the login log. All of it goes back[, plus ¥{compensation_fen} "
        "from the safety deposit].",
    ),
    "work_late": (
        "已超过约定时间，完成 {progress_percent}%，未完成部分退 {amount_fen} 元[，另从效率保证金赔 {compensation_fen} 元]。",
        "The deadline has passed at {progress_percent}%; ¥{amount_fen} goes back for the rest[, plus "
        "¥{compensation_fen} from the efficiency deposit].",
    ),
    "work_stopped_by_seller": (
        "卖家中止服务，完成 {progress_percent}%，未完成部分退 {amount_fen} 元"
        "[，另从效率保证金赔 {compensation_fen} 元]。",
        "The seller stopped at {progress_percent}%; ¥{amount_fen} goes back for the rest[, plus ¥{compensation_fen} "
        "from the efficiency deposit].",
    ),
    "work_ended_by_buyer": (
        "双方确认完成 {progress_percent}%，您中止服务，付已完成部分，退 {amount_fen} 元。",
        "Both sides agree on {progress_percent}%; you end the work, pay for that part, and ¥{amount_fen} goes back.",
    ),
    "minor_under_8": (
        "付款人 {age} 岁，不满八周岁，交易无效，证明齐全，全额退回。",
        "The buyer is {age}, under eight, so the purchase is void; the papers are complete and all of it goes back.",
    ),
    "minor_out_of_proportion": (
        "付款人 {age} 岁，金额与年龄不相适应，监护人不追认，全额退回。",
        "The buyer is {age}; the sum is out of proportion and the guardian does not consent, so all of it goes back.",
    ),
    "seller_agreed": (
        "卖家同意全额退款。",
        "The seller agrees to refund all of it.",
    ),
    "settled_in_part": (
        "双方已谈妥退 {amount_fen} 元，照此办理。",
        "Both sides agreed on ¥{amount_fen}, so that goes back.",
    ),
    "seller_silent": (
        "卖家[收到询问后 {asked_seconds}]没有答复，超过了 {answer_seconds}，您的证据完整，按现有证据退款。",
        "The seller did not answer[ for {asked_seconds}], longer than the {answer_seconds} allowed, and your evidence "
        "is complete, so it is decided on the record.",
    ),
    "payer_account_closed": (
        "原付款账户已注销，经您书面同意后退到本人同名账户。",
        "The account that paid is closed; with your written consent it goes to another account in the same name.",
    ),
    "channel_window_over": (
        "支付渠道的退款期限已过，经您书面同意后退到本人同名账户。",
        "The channel's refund period is over; with your written consent it goes to an account in the same name.",
    ),
}
