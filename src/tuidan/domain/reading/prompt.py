"""The prompts that say what went wrong: 充值失败, 已被激活, 卡密错误 … A word about what may happen is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuidan.domain.reading.line import Element, Line, best, plain
from tuidan.domain.reading.thresholds import SURE_PERCENT

NAME = "prompt"
# What is said, by what it means. Chinese first, as the apps write it; English as the big shops do.
PROMPTS: dict[str, tuple[str, ...]] = {
    "recharge_failed": (
        "充值失败",
        "缴费失败",
        "充值未成功",
        "充值不成功",
        "到账失败",
        "订单失败",
        "交易失败",
        "处理失败",
        "recharge failed",
        "top-up failed",
    ),
    "activated": (
        "已被激活",
        "已激活",
        "已被使用",
        "已使用",
        "已被兑换",
        "已兑换",
        "已被绑定",
        "已被充值",
        "重复使用",
        "重复兑换",
        "already been redeemed",
        "already been used",
        "already redeemed",
        "already activated",
    ),
    "invalid": (
        "卡密错误",
        "卡密无效",
        "卡密不存在",
        "密码错误",
        "卡号不存在",
        "卡号错误",
        "兑换码无效",
        "兑换码错误",
        "兑换码不存在",
        "激活码无效",
        "激活码错误",
        "无效的卡密",
        "无效的兑换码",
        "兑换失败",
        "激活失败",
        "已失效",
        "已过期",
        "invalid code",
        "code is invalid",
        "code has expired",
    ),
    "not_arrived": ("未到账", "没到账", "没有到账", "尚未到账", "not received"),
    "banned": ("已被封禁", "账号封禁", "账号被封", "封号", "账号异常", "已被冻结", "account suspended"),
    "ended": ("会员已到期", "会员已过期", "权益已失效", "已停止服务"),
}
# Such a word in front makes it a case that is talked about, not one that happened.
IF = re.compile(
    r"(如果?|若|倘若|一旦|万一|以免|避免|防止|出现|发生|是否|凡|when|if|in case)[^,。;:!?]{0,8}$", re.I
)
NOT = re.compile(r"(未|没有|不会|并非|不是|not\s)$", re.I)
_FORMS = [(code, words) for code, spellings in PROMPTS.items() for words in spellings]


def find_prompt(lines: list[Line]) -> Element:
    """The prompt that was read most clearly, its meaning as `why`."""
    return best([found for line in lines for found in _in_line(line)]) or Element(NAME)


def _in_line(line: Line) -> Iterator[Element]:
    text = re.sub(r"(?<![a-z])\s+(?![a-z])", "", plain(line.text).lower())
    for code, words in _FORMS:
        at = text.find(words)
        if at < 0 or IF.search(text[:at]) or NOT.search(text[:at]):
            continue
        state = "found" if line.confidence >= SURE_PERCENT else "unsure"
        yield Element(NAME, state, words, line.box, line.confidence, code)
