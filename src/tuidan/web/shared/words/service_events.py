"""What happened to a service, a membership or a renewal: one sentence for each event kind."""

WORDS: dict[str, tuple[str, str]] = {
    "event.work_started": ("第 {unit} 件已开始做", "Work on unit {unit} began"),
    "event.progress_reported": (
        "第 {unit} 件第 {milestone} 阶段，卖家汇报做到 {percent}%",
        "Unit {unit}, milestone {milestone}: the seller reports {percent}%",
    ),
    "event.progress_accepted": (
        "认可第 {unit} 件第 {milestone} 阶段的 {percent}%",
        "Unit {unit}, milestone {milestone}: {percent}% agreed",
    ),
    "event.progress_accepted.silence": (
        "48 小时没有答复，第 {unit} 件第 {milestone} 阶段按 {percent}% 算；质量问题仍可提",
        "No answer in 48 hours: milestone {milestone} of unit {unit} counts as {percent}% done; faults can still be claimed",
    ),
    "event.progress_disputed": (
        "不认可第 {unit} 件第 {milestone} 阶段的 {percent}%，认为是 {own_percent}%",
        "Unit {unit}, milestone {milestone}: {percent}% is disputed, {own_percent}% in the buyer's eyes",
    ),
    "event.work_accepted": ("第 {unit} 件已验收", "Unit {unit} was accepted"),
    "event.work_stopped": ("卖家不再继续做第 {unit} 件", "The seller will not go on with unit {unit}"),
    "event.work_ended": (
        "第 {unit} 件到此为止，余下的货款付已完成的部分",
        "Work on unit {unit} is over; what is left of the price pays what was done",
    ),
    "event.work_due_set": ("第 {unit} 件的约定完成时间已确定", "The due time of unit {unit} is fixed"),
    "event.work_due_set.extended": (
        "双方同意延长第 {unit} 件的完成时间",
        "Both sides agreed to more time for unit {unit}",
    ),
    "event.clock_started": ("第 {unit} 件开始计时", "The clock of unit {unit} started"),
    "event.clock_stopped": (
        "第 {unit} 件停止计时，用了 {minutes} 分钟",
        "The clock of unit {unit} stopped after {minutes} minutes",
    ),
    "event.unit_failed.seller_stopped": (
        "卖家没做就停了，第 {unit} 件全额退款",
        "The seller stopped before anything was done; unit {unit} is refunded in full",
    ),
    "event.membership_activated": (
        "第 {unit} 件会员已开通，从次日起算天数",
        "Membership of unit {unit} is open; its days count from the next one",
    ),
    "event.membership_stopped": ("第 {unit} 件会员提前停止", "Membership of unit {unit} ended early"),
    "event.membership_stopped.seller": (
        "第 {unit} 件会员因卖家原因停止，算到 {stopped_on}",
        "Membership of unit {unit} was stopped by the seller; days count to {stopped_on}",
    ),
    "event.membership_stopped.provider": (
        "第 {unit} 件会员被供货方停止，算到 {stopped_on}",
        "Membership of unit {unit} was stopped by the provider; days count to {stopped_on}",
    ),
    "event.membership_stopped.buyer_breach": (
        "平台认定第 {unit} 件会员因买家违规停止，算到 {stopped_on}",
        "The platform found that unit {unit} was stopped for the buyer's breach; days count to {stopped_on}",
    ),
    "event.renewal_noticed": (
        "到期前 {days_before} 天提醒续费，到 {ends_on} 有效；不付款就不续",
        "Renewal announced {days_before} days before the end; offered until {ends_on}, and nothing is charged unless paid",
    ),
    "event.renewal_taken": ("已下单续费", "The next term was ordered"),
    "event.renewal_cancelled": ("已取消续费提醒", "Renewal called off"),
}
