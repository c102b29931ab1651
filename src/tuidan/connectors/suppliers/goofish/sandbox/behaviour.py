"""What the sandbox may be told to do wrong, and for which orders. Presets name the usual troubles.

A rule holds for one account, one kind of goods, the next N orders, or everything; the newest fitting one counts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

RESULTS = ("succeed", "fail", "silent")
ANSWERS = ("normal", "late", "drop", "drop_before", "http_500", "garbage")
CALLBACKS = ("one", "none", "twice", "out_of_order", "forged", "stale", "foreign", "changed")
CANCELS = ("by_state", "agree", "refuse", "processing")
CALLS = ("create", "detail", "refund")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Seconds and fen. `answer` and `answer_code` act after the work was done, `refuse_code` instead of it."""

    on: str = "create"
    result: str = "succeed"
    after_seconds: float = 0.0
    queued: bool = False
    remark: str = ""
    answer: str = "normal"
    answer_seconds: float = 20.0
    answer_code: int = 0
    refuse_code: int = 0
    repeat: str = "same"
    callbacks: str = "one"
    cancel: str = "by_state"
    arrived_fen: int | None = None
    credited_account: str | None = None
    reverse_after_seconds: float | None = None

    def __post_init__(self) -> None:
        for value, allowed in (
            (self.on, CALLS),
            (self.result, RESULTS),
            (self.answer, ANSWERS),
            (self.callbacks, CALLBACKS),
            (self.cancel, CANCELS),
            (self.repeat, ("same", "1203")),
        ):
            if value not in allowed:
                raise ValueError(f"{value!r} is not one of {', '.join(allowed)}")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


PRESETS: dict[str, dict[str, Any]] = {
    "succeed": {},
    "succeed_later": {"after_seconds": 1.0},
    "fail": {"result": "fail", "remark": "充值失败"},
    "fail_later": {"result": "fail", "remark": "充值失败", "after_seconds": 1.0},
    "silent": {"result": "silent", "callbacks": "none"},
    "queued": {"result": "silent", "queued": True, "callbacks": "none"},
    "late": {"answer": "late"},
    "drop": {"answer": "drop"},
    "drop_before": {"answer": "drop_before"},
    "twice": {"after_seconds": 0.2, "callbacks": "twice"},
    "out_of_order": {"after_seconds": 0.2, "callbacks": "out_of_order"},
    "forged": {"result": "silent", "callbacks": "forged"},
    "short": {"arrived_fen": 1000},
    "other_account": {"credited_account": "19900000000"},
    "reversed": {"reverse_after_seconds": 1.0},
    "out_of_stock": {"refuse_code": 1102},
}


def behaviour(wish: dict[str, Any]) -> Behaviour:
    """From a control call: `name` of a preset, and fields that differ from it. Raises ValueError."""
    values = dict(wish)
    name = values.pop("name", "succeed")
    if name not in PRESETS:
        raise ValueError(f"no behaviour is called {name!r}; there are {', '.join(sorted(PRESETS))}")
    known = {field.name for field in fields(Behaviour)}
    if unknown := set(values) - known:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    return Behaviour(**{**PRESETS[name], **values})
