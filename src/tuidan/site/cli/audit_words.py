"""The sentences of `tuidan audit`, Chinese first; each says which order, which event or posting, and what is wrong."""

from tuidan.store.audit.difference import Difference

SENTENCES: dict[str, str] = {
    "event_changed": "事件 {n} 的内容被改过 · event {n} was changed",
    "event_missing": "缺少事件 {n} · event {n} is missing",
    "event_reordered": "事件 {n} 的位置上是另一个事件 · events were reordered: in place {n} stands another one",
    "event_added": "事件 {n} 超出了订单的版本 · event {n} lies beyond the order's version",
    "event_column": "事件 {n} 的 {column} 列与内容不一致 · column {column} of event {n} is not what its bytes say",
    "event_unfit": "事件 {n} 接不上前面的事件({why}) · event {n} does not follow on those before it ({why})",
    "event_backdated": "事件 {n} 写的时间是 {at},可见证人在 {seen_at} 看日志时还没有它 · "
    "event {n} says {at}, but a witness saw the log at {seen_at} without it",
    "head_differs": "证据链的末端与订单不符 · the chain does not end at the hash on the order's row",
    "posting_missing": "缺少分录 {n}(事件 {event},{amount_fen} 分) · "
    "posting {n} of event {event} ({amount_fen} fen) is missing",
    "posting_added": "分录 {n}({amount_fen} 分)没有对应的事件 · posting {n} ({amount_fen} fen) was made by no event",
    "posting_changed": "分录 {n} 的 {column} 应为 {wanted},现为 {kept} · "
    "posting {n} says {column} {kept}, its event says {wanted}",
    "total_differs": "合计 {total} 应为 {wanted} 分,现为 {kept} 分 · "
    "total {total} is {kept} fen, the postings give {wanted}",
    "invariant_broken": "分录违反了规则“{invariant}” · the postings break the invariant “{invariant}”",
    "state_differs": "状态 {field} 应为 {wanted},现为 {kept} · state {field} is {kept}, the events give {wanted}",
    "column_differs": "订单的 {column} 应为 {wanted},现为 {kept} · "
    "column {column} of the order is {kept}, the events give {wanted}",
    "snapshot_changed": "保存的商品条款不是买家确认的那一份 · the stored terms are not those that the buyer confirmed",
    "words_changed": "事件 {n} 的原文被改过 · the words kept for event {n} were changed",
    "words_missing": "事件 {n} 的原文不见了，也没有删除记录 · the words of event {n} are gone and nothing erased them",
    "account_changed": "保存的账号不是买家填的那个 · the account kept is not the one that the buyer gave",
    "account_missing": "买家填的账号不见了，也没有删除记录 · the buyer's account is gone and nothing erased it",
    "notice_changed": "保存的外部通知({source})不是收到的那一份 · the notice of {source} is not the one that came",
    "file_changed": "文件 {n} 不是证据里提交的那一个({column}) · file {n} is not the one that was filed ({column})",
    "file_missing": "证据 {n} 提交的文件不见了,也没有删除记录 · a file of exhibit {n} is gone and nothing erased it",
    "book_event_changed": "账本的事件 {n} 缺失或被改过 · event {n} of the book is missing or was changed",
    "book_leaf_differs": "账本的事件 {n} 与存证日志不符 · the log has another hash for event {n} of the book",
    "book_line_differs": "账本的分录 {n} 与事件不符 · line {n} of the book is not what its events make",
    "book_total_differs": "账本的 {total} 应为 {wanted}，现为 {kept} · "
    "the book's {total} is {kept}, its events give {wanted}",
    "book_order_differs": "订单与账本不符：{what} 应为 {wanted} 分，账本为 {kept} 分 · "
    "order and books differ: {what} should be {wanted} fen, the books have {kept}",
    "log_leaf_missing": "存证日志里没有事件 {n}（补记 log catch-up）· "
    "event {n} is not in the log (log catch-up brings it in)",
    "log_leaf_differs": "事件 {n} 与存证日志不符 · the log has another hash for event {n}",
    "log_leaf_added": "存证日志里多出一片叶子({n}) · the log has a leaf that belongs to nothing ({n})",
    "log_order_missing": "存证日志里有这个订单，库里没有 · the log has a leaf of this order, and the order is gone",
    "log_gap": "存证日志缺少第 {n} 片叶子 · leaf {n} of the log is gone",
    "log_tile_differs": "存证日志第 {level} 层的哈希块 {n} 与叶子不符 · "
    "tile {n} of level {level} is not what the leaves give",
    "log_checkpoint_differs": "{n} 片叶子的检查点与叶子不符 · "
    "the checkpoint over {n} leaves is not the root of the tree",
    "log_signature_fails": "{n} 片叶子的检查点没有有效签名 · "
    "the checkpoint over {n} leaves is not signed by a key of the log",
    "log_note_unknown": "给来核对的检查点读不懂，或不是可信的密钥签的 · "
    "the checkpoint given is none, or nobody trusted signed it",
    "log_history_differs": "别处保存的检查点（{n} 片叶子）与这里不符：历史被改写过 · "
    "a checkpoint kept elsewhere over {n} leaves has another root: history was rewritten",
    "log_behind": "有检查点签过 {n} 片叶子，这里只有 {size} 片 · "
    "a signed checkpoint covers {n} leaves, here are {size}",
    "board_missing": "列表里没有{case} · the boards have no line for it{of_case}",
    "board_added": "列表里多出{case} · the boards have a line too many{of_case}",
    "board_differs": "列表{case}的 {column} 应为 {wanted},现为 {kept} · "
    "the board's {column}{of_case} is {kept}, a rebuild gives {wanted}",
}


def sentence(difference: Difference) -> str:
    """One line for a person."""
    n = difference.n
    parts: dict[str, object] = {
        "n": n,
        "case": f"申请 {n}" if n else "这个订单",
        "of_case": f" (request {n})" if n else "",
    }
    whose = f"{difference.order_id}" if difference.order_id.int else "存证日志 · the log"
    return f"{whose}: " + SENTENCES[difference.what].format(**(parts | difference.data))
