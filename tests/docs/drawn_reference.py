"""docs/reference/: commands, events, refusals and effects, drawn from the code that has them."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields
from typing import get_args

from tuidan.commands.order import TIMER_COMMANDS
from tuidan.domain import commands, effects, events
from tuidan.domain.commands import GiveUpCheck
from tuidan.domain.decide import DECIDERS
from tuidan.domain.ledger import postings_of
from tuidan.domain.refusals import CODES
from tuidan.domain.stock import StockNo
from tuidan.site.cli.stock_words import REFUSALS as STOCK_WORDS
from tuidan.web.shared.refusals import REFUSALS
from tuidan.web.shared.words.events import WORDS
from tuidan.worker.boards import project_feed
from tuidan.worker.effects import HANDLERS
from tuidan.worker.funds import settle_sellers

FAULTY_LINES = "每种问题几行，然后逐行列出 · how many lines of each fault, then the lines"
SAMPLE = {
    "int": 1,
    "str": "name",
    "list[int]": [1],
    "list[str]": ["name"],
    "tuple[str, ...]": ("name",),
    "bool": True,
    "dict[str, object]": {},
}


def said_by(thing: object) -> str:
    """The first paragraph of a docstring on one line; a dataclass that has none says its own fields: not counted."""
    words = inspect.getdoc(thing) or ""
    if isinstance(thing, type) and words.startswith(f"{thing.__name__}("):
        return ""
    return words.split("\n\n")[0].replace("\n", " ").replace("|", "/")


def place_of(function: Callable[..., object]) -> str:
    """Where a function is, as `room/file.py:name`."""
    module = function.__module__.removeprefix("tuidan.").replace(".", "/")
    return f"`{module}.py:{function.__name__}`"


def _field(field: Field[object]) -> str:
    kind = str(field.type).replace("|", "/")
    if field.default is not MISSING:
        return f"{field.name}: {kind} = {field.default!r}"
    return f"{field.name}: {kind}" + ("" if field.default_factory is MISSING else " = {}")


def fields_of(record: type) -> str:
    """The fields of a record, one a line."""
    return "<br>".join(f"`{_field(each)}`" for each in fields(record)) or "–"


def table_of_commands() -> Iterator[str]:
    """One row per command, by the noun that decides it."""
    told: dict[str, list[type]] = {}
    for command in get_args(commands.Command):
        told.setdefault(DECIDERS[command].__module__.rpartition(".")[2], []).append(command)
    for noun, found in told.items():
        yield f"\n## {noun}\n\n| 命令 command | 带什么 fields | 要什么 what is asked | 怎么定 how it is decided |\n"
        yield "|---|---|---|---|\n"
        for command in found:
            decider = DECIDERS[command]
            how = f"{place_of(decider)}<br>{said_by(decider)}"
            yield f"| `{command.__name__}` | {fields_of(command)} | {said_by(command)} | {how} |\n"
    yield f"\n## 订单条款 Terms\n\n{said_by(commands.Terms)}\n\n{fields_of(commands.Terms)}\n"


def postings_in_words(kind: type[events.Event]) -> str:
    """Which accounts an event moves money between, found by asking the ledger with made-up values."""
    made = kind(**{each.name: SAMPLE[str(each.type)] for each in fields(kind)})
    moved = [f"`{p.debit}` → `{p.credit}`" for p in postings_of(made)]
    return "<br>".join(line.replace(":name:", ":<channel>:").replace(":1`", ":<n>`") for line in moved)


def table_of_events() -> Iterator[str]:
    """One row per kind of event, and which of them move money."""
    yield "\n| 种类 kind | 带什么 fields | 发生了什么 what happened | 页面上怎么说 on the page |\n|---|---|---|---|\n"
    for kind, record in events.KINDS.items():
        zh, en = WORDS.get(f"event.{kind}", ("", ""))
        shown = f"{zh}<br>{en}" if zh else "–"
        yield f"| `{kind}` | {fields_of(record)} | {said_by(record)} | {shown} |\n"
    yield "\n## 动钱的事件 Events that move money\n\n借记 → 贷记。Debit → credit.\n\n| event | postings |\n|---|---|\n"
    for kind, record in events.KINDS.items():
        moved = postings_in_words(record)
        if moved:
            yield f"| `{kind}` | {moved} |\n"


def table_of_refusals() -> Iterator[str]:
    """Refusals of orders with the sentences people read, and those of stock."""
    yield "\n## 订单 Orders\n\n| code | 意思 meaning | 对人怎么说 what people read |\n|---|---|---|\n"
    for code, meaning in CODES.items():
        yield f"| `{code}` | {meaning} | {'<br>'.join(REFUSALS[code])} |\n"
    yield "\n## 库存 Stock\n\n`domain/stock.py`。「–」：只有程序看得到。A dash: only programs meet it.\n\n"
    yield "| code | 对人怎么说 what people read |\n|---|---|\n"
    for stock_no in StockNo:
        words = FAULTY_LINES if stock_no is StockNo.FAULTY_LINES else STOCK_WORDS.get(stock_no, "–")
        yield f"| `{stock_no.value}` | {words} |\n"


# What is done for many rows at once, without a claim.
IN_BATCHES = {effects.FEED: project_feed, effects.SETTLE_SELLER: settle_sellers}


def table_of_effects() -> Iterator[str]:
    """One row per effect with the function that does it, one per timer with the command that it becomes."""
    yield "\n## 要外面做的事 Effects\n\n| kind | 谁来做 done by | 做什么 what it does |\n|---|---|---|\n"
    for kind in effects.EFFECT_KINDS:
        function = IN_BATCHES.get(kind) or HANDLERS[kind]
        yield f"| `{kind}` | {place_of(function)} | {said_by(function)} |\n"
    yield "\n## 到点再看 Timers\n\n| kind | 变成命令 becomes the command | 要什么 what is asked |\n|---|---|---|\n"
    for kind in effects.TIMER_KINDS:
        command = TIMER_COMMANDS.get(kind, GiveUpCheck)
        yield f"| `{kind}` | `{command.__name__}` | {said_by(command)} |\n"
