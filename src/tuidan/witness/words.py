"""What a witness says to the person who runs it, Chinese first."""

SHOUTS: dict[str, str] = {
    "same": "没有变化 · nothing new: {now}",
    "grew": "接得上,已共签 · goes on and was cosigned: {last} → {now}",
    "behind": "日志给了旧的检查点,是同一段历史 · an older head of the same history: {now}, seen {last}",
    "away": "现在联系不上日志 · the log cannot be reached now: {why}",
    "rewritten": "警报:历史被改写!看到过 {last},现在是 {now}({why})。证据在 {proof} · "
    "ALARM: history was rewritten: seen {last}, now {now} ({why}). The proof lies in {proof}",
    "unsound": "警报:日志的瓦片与它签名的检查点对不上({why}):{now}。证据在 {proof} · "
    "ALARM: the tiles do not lead to the head that the log has signed ({why}): {now}. The proof lies in {proof}",
    "foreign": "警报:这个检查点不是该日志的密钥签的({why}) · ALARM: no trusted key has signed this head ({why})",
}
COMPARED: dict[str, str] = {
    "same": "一致:与我看到的最后检查点相同 · the same as the last one seen here",
    "fits": "一致:属于同一段历史 · of the same history",
    "forked": "警报:不是同一段历史({why}) · ALARM: not of the same history ({why})",
    "foreign": "不是该日志签的({why}) · not signed by that log ({why})",
    "unseen": "这里还没有看到过该日志 · that log has not been seen here yet",
    "undecided": "判断不了:{why};请给出 --log-url · cannot be told: {why}; give --log-url",
}
