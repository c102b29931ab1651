"""What the platform records by itself, one sentence for each event kind; a dotted ending tells a variant apart."""

WORDS: dict[str, tuple[str, str]] = {
    "sell.trace": ("充值流水号", "Trace number"),
    "sell.trace_hint": (
        "上游或发行方给的流水号。有它，平台能自己去核对，少一场争议。",
        "The number that the provider gave you. With it the platform can check by itself, and there is less to argue about.",
    ),
    "event.masked_seen": (
        "看到第 {unit} 件卡密的遮挡样式（{mask}），尚未显示",
        "Unit {unit} was seen masked ({mask}), not yet shown",
    ),
    "event.reveal_failed": (
        "第 {unit} 件卡密没能完整显示，不算看过",
        "The code of unit {unit} could not be shown whole; it does not count as seen",
    ),
    "event.payer_account_known": ("付款账户的状态已记录", "The state of the paying account was recorded"),
    "event.payer_account_known.closed": (
        "付款账户已销户，退款改为转账到买家本人账户",
        "The paying account is closed; money goes by bank to the buyer's own account",
    ),
    "event.payer_account_known.open": ("付款账户正常", "The paying account is open"),
    "event.login_tried": ("登录器试了第 {unit} 件的账号", "The login tool tried the account of unit {unit}"),
    "event.login_tried.failed": (
        "登录器：第 {unit} 件的账号密码错误",
        "Login tool: the password of unit {unit} was refused",
    ),
    "event.login_tried.signed_in": ("登录器：第 {unit} 件登录成功", "Login tool: unit {unit} signed in"),
    "event.issuer_answered_at_claim": (
        "申请后向发行方核对了第 {unit} 件",
        "After the request the issuer was asked about unit {unit}",
    ),
    "event.issuer_answered_at_claim.unknown": (
        "申请后问发行方，查不到第 {unit} 件的状态",
        "After the request the issuer could not tell the state of unit {unit}",
    ),
    "event.code_copied": (
        "用页面按钮复制了第 {unit} 件卡密",
        "The code of unit {unit} was copied with the button",
    ),
    "event.code_copied.number": ("复制了第 {unit} 件的卡号", "The number of unit {unit} was copied"),
    "event.code_copied.secret": ("复制了第 {unit} 件的密码", "The secret of unit {unit} was copied"),
    "event.issuer_answered": ("发行方答复了第 {unit} 件的查询", "The issuer answered about unit {unit}"),
    "event.issuer_answered_at_delivery": (
        "交付时向发行方核对了第 {unit} 件",
        "At delivery the issuer was asked about unit {unit}",
    ),
    "event.issuer_answered_at_delivery.unused": (
        "交付时发行方：第 {unit} 件未使用",
        "Issuer at delivery: unit {unit} unused",
    ),
    "event.issuer_answered_at_delivery.activated": (
        "交付时发行方：第 {unit} 件已被激活，当时无人看过",
        "Issuer at delivery: unit {unit} was activated, and nobody had seen it",
    ),
    "event.issuer_answered_at_delivery.invalid": (
        "交付时发行方：第 {unit} 件无效",
        "Issuer at delivery: unit {unit} is invalid",
    ),
    "event.issuer_answered_at_delivery.locked": (
        "交付时发行方：第 {unit} 件被锁定",
        "Issuer at delivery: unit {unit} is locked",
    ),
    "event.issuer_answered_at_delivery.unknown": (
        "交付时发行方没有给出第 {unit} 件的状态",
        "At delivery the issuer could not tell the state of unit {unit}",
    ),
    "event.issuer_answered_at_delivery.credited": (
        "发行方：第 {unit} 件已入账",
        "Issuer: unit {unit} was credited",
    ),
    "event.issuer_answered_at_delivery.partial": (
        "发行方：第 {unit} 件只入账一部分",
        "Issuer: unit {unit} was credited in part",
    ),
    "event.issuer_answered_at_delivery.not_credited": (
        "发行方：没有第 {unit} 件的入账",
        "Issuer: nothing was credited for unit {unit}",
    ),
    "event.issuer_answered_at_review": (
        "审核前又向发行方核对了第 {unit} 件",
        "The issuer was asked about unit {unit} again for the review",
    ),
    "event.issuer_answered_at_review.unknown": (
        "审核前又问发行方，仍查不到第 {unit} 件的状态",
        "Asked again for the review, the issuer could not tell the state of unit {unit}",
    ),
    "event.issuer_checked_at_review": (
        "审核前又问发行方：第 {unit} 件有新的答复",
        "Asked again for the review, the issuer said something new about unit {unit}",
    ),
    "event.issuer_checked_at_review.unused": (
        "审核前又问发行方：第 {unit} 件未使用",
        "Issuer at review: unit {unit} is unused",
    ),
    "event.issuer_checked_at_review.activated": (
        "审核前又问发行方：第 {unit} 件已被激活",
        "Issuer at review: unit {unit} is activated",
    ),
    "event.issuer_checked_at_review.invalid": (
        "审核前又问发行方：第 {unit} 件无效",
        "Issuer at review: unit {unit} is invalid",
    ),
    "event.issuer_checked_at_review.locked": (
        "审核前又问发行方：第 {unit} 件被锁定",
        "Issuer at review: unit {unit} is locked",
    ),
}
