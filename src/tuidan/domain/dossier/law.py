"""Which articles a case rests on: by the rules that decided it, or by the reason while nothing is decided.

Marks are those of docs/sources.md, the number after the name is the article. Nothing here judges: a rule of the policy
names its source once, and this is the table of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

RULE_LAWS: Mapping[str, tuple[str, ...]] = {
    "R1": ("电商法20", "消法52", "民法典577"),
    "R2": ("消法实施条例12",),
    "R3": ("消法25", "消法实施条例19"),
    "R4": ("消法25", "消法实施条例19"),
    "R5": ("消法23", "消法52", "民法典612"),
    "R6": ("消法23", "消法52", "民法典582"),
    "R7": ("消法52", "电商法51", "民法典577"),
    "R8": ("民法典985",),
    "R9": ("消法53", "消法实施条例10"),
    "R10": ("民法典787", "消法53"),
    "R11": ("电商法62",),
    "R12": ("电商法60", "电商法62"),
    "R13": ("个人信息保护法24",),
    "R14": ("网络消费解释(一)1",),
    "R15": ("消法52",),
    "R16": ("民法典144–145", "民法典157"),
    "R17": ("民法典201",),
    "R18": ("消法26", "民法典497"),
    "R20": ("民法典985",),
    "R21": ("电商法37",),
    "R22": ("七日退货办法15",),
    "R23": ("消法实施条例18",),
    "R24": ("民法典147",),
}
REASON_RULES: Mapping[str, tuple[str, ...]] = {
    "no_reason": ("R3",),
    "item_invalid": ("R6",),
    "not_received": ("R1",),
    "amount_short": ("R7",),
    "not_as_described": ("R6",),
    "wrong_item_bought": ("R24",),
    "wrong_account": ("R24",),
    "duplicate_order": ("R24",),
    "late": ("R1",),
    "minor": ("R16",),
    "reversed": ("R7",),
    "account_banned": ("R6",),
    "service_stopped": ("R9",),
    "auto_renew": ("R9",),
    "cannot_use": ("R10",),
}
# Whatever the case is about: what the buyer may ask for, and who must hand over the records.
ALWAYS = ("消法52", "电商法62")
MARKS = tuple(dict.fromkeys([*(mark for marks in RULE_LAWS.values() for mark in marks), *ALWAYS]))


def articles(rules: Iterable[str], reason: str = "") -> tuple[str, ...]:
    """The articles behind the rules that decided, or behind the reason where no rule has; what always holds last."""
    known = [rule for rule in rules if rule in RULE_LAWS] or [*REASON_RULES.get(reason, ())]
    found = [mark for rule in known for mark in RULE_LAWS[rule]]
    return tuple(dict.fromkeys([*found, *ALWAYS]))
