"""Whether a seller's message reads like an admission or a promise of money (S-054).

Words alone bind nobody here: the seller is asked to answer by one tap, the buyer is told that it has not happened
yet. Nothing else hangs on it.
"""

from __future__ import annotations

import re

from tuidan.domain.talk_risk import plain

ADMISSION = "admission"
_ADMITS = re.compile(
    r"(?:可以|同意|愿意|答应|马上|这就|现在|直接|给[你您亲]|帮[你您])(?:全额|部分|办理|安排|先)?(?:退款|退[你您]?(?:一半|\d|钱|全|货款))|"
    r"(?:全额|部分)退(?:款)?给[你您]|给[你您](?:办理|安排|处理)?退款|退[你您](?:一半|\d+)|"
    r"(?:是|确实是?|属于)(?:我们|我方|我|店里|供货商)?(?:这边)?(?:的(?:问题|错|责任|失误)|发错|充错|弄错|搞错|漏发|少发)|"
    r"(?:我们|我方|我|店里|供货商)(?:这边)?(?:发错|充错|弄错|搞错|漏发|少发|没有?(?:充|发)(?:成功|出))|责任在我|"
    r"(?:i|we)(?:will|can|agreeto)refund|ourmistake|ourfault"
)
_NOT = re.compile(r"不|没法|无法|不能|不会|不是|如果|要是|假如|需要|等|吗|是否|cannot|can't|won't|if")


def admits(text: str) -> bool:
    """Whether the words admit a mistake or promise a refund; a condition, a question or a no in the clause ends it."""
    return any(_ADMITS.search(clause) and not _NOT.search(clause) for clause in plain(text).split("，"))
