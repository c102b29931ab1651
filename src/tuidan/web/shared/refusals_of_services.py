"""The sentences for refusals about services, memberships and renewals; put in with the others by refusals.py."""

from __future__ import annotations

SERVICE_REFUSALS: dict[str, tuple[str, str]] = {
    "adult_declaration_needed": (
        "没有下单：代练和账号租赁只卖给成年人。请声明您已满 18 周岁。",
        "Not ordered: boosting and account rental are for adults only. Please declare that you are 18 or older.",
    ),
    "clock_not_running": (
        "没有改动：计时没有开始，或已经停了。",
        "Nothing changed: the clock is not running.",
    ),
    "clock_running": (
        "没有改动：计时已经开始了。",
        "Nothing changed: the clock is already running.",
    ),
    "login_result_unknown": (
        "没有记录：登录结果只有“失败”和“登录成功”两种。",
        "Not recorded: a sign-in has either failed or succeeded.",
    ),
    "clock_unavailable": (
        "没有开始计时：这一件不按时长卖、还没交付，或时长已用完。",
        "The clock did not start: this unit is not sold by time, not handed over yet, or its time is used up.",
    ),
    "kind_switched_off": (
        "没有下单：本站没有开放这类服务。没有扣款，请选别的商品。",
        "Not ordered: this site does not offer this kind of service. Nothing was charged; please choose another.",
    ),
    "membership_not_running": (
        "没有记录：这份会员还没开通，或已经停止。",
        "Not recorded: this membership is not open, or was stopped already.",
    ),
    "milestone_needed": (
        "没有记录：这份服务分几个阶段，请在对应的阶段里汇报进度。",
        "Not recorded: this service has several milestones; please report on one of them.",
    ),
    "minors_barred": (
        "没有下单：代练和账号租赁不向未成年人提供。没有扣款。",
        "Not ordered: boosting and account rental are not sold to minors. Nothing was charged.",
    ),
    "no_such_milestone": (
        "没有这个阶段。请回到订单页，从那里重新操作。",
        "There is no such milestone. Go back to the order page and start from there.",
    ),
    "nothing_to_answer": (
        "没有改动：这个阶段没有等您答复的汇报。",
        "Nothing changed: this milestone has no report that waits for you.",
    ),
    "plan_unknown": (
        "没有记录：开通的月数要在 1 和买家订的月数之间。",
        "Not recorded: the months opened must be between 1 and what the buyer ordered.",
    ),
    "progress_changed": (
        "没有答复：卖家刚刚更新了进度。请看过新的汇报再答复。",
        "Not answered: the seller has just reported again. Look at the new report first.",
    ),
    "progress_not_less": (
        "没有提交：您认可的进度要低于卖家汇报的进度；一样就请点认可。",
        "Not submitted: your figure must be below the seller's. If they are the same, agree instead.",
    ),
    "progress_not_more": (
        "没有记录：进度要高于双方已认可的部分，最多 100%。",
        "Not recorded: the progress must be above what was already agreed, and at most 100%.",
    ),
    "renewal_not_open": (
        "没有改动：没有等您决定的续费，可能已续、已取消或已过期。没有扣款。",
        "Nothing changed: no renewal waits for you; it was taken, cancelled or has passed. Nothing was charged.",
    ),
    "stop_cause_unknown": (
        "没有记录：您只能说明是自己或供货方停的。买家违规由平台认定。",
        "Not recorded: you can name yourself or the provider. A buyer's breach is for the platform to find.",
    ),
    "work_stopped": (
        "没有记录：您已说过不再继续做这一件。款项按规则处理，结果见订单页。",
        "Not recorded: you said that this unit will not go on. The rules decide the money; see the order page.",
    ),
    "stop_day_out_of_range": (
        "没有记录：停止的日子要在会员生效期内，不能晚于今天。",
        "Not recorded: the day must lie within the membership's term and not after today.",
    ),
}
