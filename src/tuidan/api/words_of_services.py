"""Refusals about services, memberships and renewals as the machines' edge says them in Chinese."""

from __future__ import annotations

# code → (title zh, detail zh); the English is the domain's own.
SERVICE_REFUSALS: dict[str, tuple[str, str]] = {
    "adult_declaration_needed": ("需要成年声明", "这类服务要 declared_adult 为 true。"),
    "clock_not_running": ("计时没在走", "这一件的计时没有开始，或已停止。"),
    "clock_running": ("计时在走", "这一件的计时已经开始。"),
    "login_result_unknown": ("登录结果不对", "登录结果只有 failed 和 signed_in 两种。"),
    "clock_unavailable": ("不能计时", "这一件不按时长卖、还没交付，或时长已用完。"),
    "kind_switched_off": ("未开放", "本站没有开放这类服务。"),
    "membership_not_running": ("会员没在生效", "这份会员还没开通，或已停止。"),
    "milestone_needed": ("要说明阶段", "服务分几个阶段，请用阶段的进度接口，阶段数见 data。"),
    "minors_barred": ("未成年人不能买", "这类服务不向未成年人提供。"),
    "no_such_milestone": ("没有这个阶段", "这一件没有这个编号的阶段。"),
    "nothing_to_answer": ("没有可答复的", "这个阶段没有等答复的汇报。"),
    "plan_unknown": ("月数不对", "开通的月数不在 1 和订的月数之间，订的月数见 data。"),
    "progress_changed": ("进度有变", "卖家又汇报过，最新的进度见 data，请看过再答复。"),
    "progress_not_less": ("进度不低", "own_percent 要低于卖家汇报的进度。"),
    "progress_not_more": ("进度不高", "进度要高于已认可的部分，最多 100，已认可的见 data。"),
    "renewal_not_open": ("没有续费可办", "没有等决定的续费，可能已续、已取消或已过期。"),
    "stop_cause_unknown": ("原因不适用", "这一方不能给这个原因，可用的见 data。"),
    "work_stopped": ("已停做", "卖家已说过不再继续，这一件不能再汇报或交付。"),
    "stop_day_out_of_range": ("日子不对", "停止的日子不在会员生效期内，首尾见 data。"),
}
