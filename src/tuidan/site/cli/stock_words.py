"""The words of `tuidan stock`: each state, fault and refusal, Chinese first."""

from tuidan.domain.stock import CodeState, StockNo, StockRefused

STATES = {
    CodeState.FREE: "可售 · free",
    CodeState.CLAIMED: "已占用,未查看 · claimed, sealed",
    CodeState.REVEALED: "已查看 · shown",
    CodeState.VOID: "作废 · void",
}

FAULTS = {
    "too_long": "超过 512 个字符 · longer than 512 characters",
    "no_separator": "没有分隔符 · no separator",
    "nothing_before_separator": "分隔符前面没有卡号 · no number before the separator",
    "nothing_after_separator": "分隔符后面没有密码 · no secret after the separator",
    "control_character": "含有控制字符 · has a control character",
    "not_of_the_format": "和商品写明的卡密格式不符 · not of the form that the listing names",
    "twice_in_file": "文件里重复 · twice in this file",
    "imported_before": "以前导入过 · imported before",
    "imported_elsewhere": "已在同一卖家的另一个商品里 · in another listing of this seller",
}

DIFFERENCES = {
    "for_sale_but_not_free": "在售,但状态不是可售 · for sale but not free",
    "free_but_not_for_sale": "可售,但不在售卖表里 · free but not for sale",
    "shown_but_for_sale": "已被查看却在售 · shown and yet for sale",
    "shown_to_two": "给两个订单看过 · shown to two orders",
    "claimed_by_nobody": "已占用,但没有订单 · claimed by no order",
    "claim_and_state_differ": "订单占用与状态不符 · claim and state differ",
    "without_fingerprint": "没有查重指纹 · without a fingerprint",
    "unknown_key": "缺主密钥 · its master key is missing",
    "broken_seal": "密文被改动或挪动 · altered or moved",
}

REFUSALS = {
    StockNo.LISTING_UNKNOWN: "没有这个商品 · no such listing: {listing_id}",
    StockNo.LISTING_WITHOUT_CODES: "这个商品不卖卡密 · this listing sells no codes: {listing_id}",
    StockNo.FILE_TOO_LARGE: "文件太大,最多 {bytes_max:,} 字节 · the file is larger than {bytes_max:,} bytes",
    StockNo.TOO_MANY_LINES: "行数太多:{lines:,},最多 {lines_max:,},请分开导入 · {lines:,} lines, split the file",
    StockNo.NOT_TEXT: "第 {line} 行不是 {encoding} 文本,可用 --encoding 指明编码 · line {line} is not {encoding} text",
    StockNo.IMPORT_CONTESTED: "有人正在导入同样的卡密,请稍后再试 · another import is under way, run it again",
}


def refusal_text(refused: StockRefused) -> str:
    """What to tell the person at the terminal; a refusal without words of its own shows its code."""
    if refused.code is StockNo.FAULTY_LINES:
        return _faulty_lines(refused)
    template = REFUSALS.get(refused.code)
    return template.format(**refused.data) if template else str(refused)


def _faulty_lines(refused: StockRefused) -> str:
    """Every kind with its number, then the first lines."""
    faults, lines = refused.data["faults"], refused.data["lines"]
    assert isinstance(faults, dict)
    assert isinstance(lines, list)
    said = ["有读不懂的行,什么也没导入 · some lines are no code, nothing was imported"]
    said += [f"  {FAULTS[fault]}: {count:,}" for fault, count in faults.items()]
    said += [f"  第 {line} 行 · line {line}: {FAULTS[fault]}" for line, fault in lines]
    said.append("改好后再试,或用 --skip-bad-lines 跳过 · mend them, or use --skip-bad-lines")
    return "\n".join(said)
