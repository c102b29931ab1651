"""Decisions per second: the compiled tables against zen-engine on the same tables, the same inputs, in the same round.

`table`: one table, one order after the other. `table_bulk`: the same orders handed over at once. `walk`: all tables of
one order, from the first to where the money goes. `verdict`: the whole decision from facts to sums, deadline and
reasons, which zen-engine has no counterpart for. Rates are a second; ratios are ours over theirs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import perf_counter
from typing import Any

import orjson

from tuidan.domain.policy import CompiledPolicy, decide
from tuidan.domain.policy.cell import ANYTHING, Value
from tuidan.domain.policy.table import Table, boundaries
from tuidan.domain.policy.vocabulary import INPUTS
from tuidan.domain.policy.way import walk
from tuidan.policies import load_calendar, load_standard_policy

try:
    import zen

    HAS_ZEN = True
except ImportError:  # it is measured against, never needed: only requirements/bench.txt and test.txt bring it
    HAS_ZEN = False

MISSING = "zen-engine is not installed (requirements/bench.txt has it), so the policy is measured alone"
TABLE = "card_code"
TARGET = 20.0
SEED = 20_261_123
Inputs = dict[str, Value]
Say = Callable[[str], None]
WHAT = {
    "table": f"one order's table ({TABLE}), first row that fits",
    "table_bulk": "the same for all orders at once",
    "walk": "all tables of one order, to where the money goes",
    "verdict": "facts to sums, deadline, reasons",
}


def measure(seconds: float, rounds: int, say: Say) -> dict[str, object]:
    """Every figure once a round, ours and theirs in turn; `seconds` for each of both."""
    policy = load_standard_policy()
    table = policy.deciding[TABLE]
    inputs = list(around_rows(table, random.Random(SEED)))  # noqa: S311 - no secret hangs on it
    ours, theirs = _ours(policy, table, inputs), _theirs(policy, inputs) if HAS_ZEN else {}
    rates: dict[str, list[tuple[float, float]]] = {name: [] for name in ours}
    for _ in range(rounds):
        for name, run in ours.items():
            theirs_rate = _rate(theirs[name], seconds) if name in theirs else 0.0
            rates[name].append((_rate(run, seconds), theirs_rate))
    told: dict[str, object] = {
        "table": TABLE,
        "rows": len(table.rows),
        "columns": len(table.columns),
        "orders": len(inputs),
        "figures": [_plain(name, found) for name, found in rates.items()],
    }
    if HAS_ZEN:
        say("policy: " + ", ".join(f"{name} {_ratio(rates[name]):.0f} times zen-engine" for name in theirs))
    else:
        told["missing"] = MISSING
        say(MISSING)
    return told


def around_rows(table: Table, chance: random.Random) -> Iterator[Inputs]:
    """For each row of a table an order that meets it, and the same with one input moved to each other value."""
    values = {column: _values(table, column) for column in table.columns}
    for row in table.rows:
        met = {
            column: chance.choice([value for value in values[column] if cell.fits(value)])
            for column, cell in zip(table.columns, row.cells, strict=True)
        }
        yield met
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell is not ANYTHING:
                yield from ({**met, column: value} for value in values[column] if value != met[column])


def _values(table: Table, column: str) -> Sequence[Value]:
    domain = INPUTS[column]
    if domain is not None:
        return domain
    place = table.columns.index(column)
    points = {point for row in table.rows for point in boundaries(row.cells[place])}
    return sorted({0, *points, *(max(0, point - 1) for point in points)})


def _ours(policy: CompiledPolicy, table: Table, inputs: list[Inputs]) -> dict[str, Callable[[], int]]:
    whole, cases, calendar = [_whole(one) for one in inputs], _cases(), load_calendar()

    def one_table() -> int:
        for one in inputs:
            table.outcomes[table.first_hit(one)]
        return len(inputs)

    def bulk() -> int:
        first, outcomes = table.first_hit, table.outcomes
        return len([outcomes[first(one)] for one in inputs])

    def all_tables() -> int:
        for one in whole:
            outcome = walk(policy, one).outcome
            asked = {**one, "proposed": outcome["decision"], "proof": outcome["proof"]}
            policy.authority.first_hit(asked)
            policy.destination.first_hit(asked)
        return len(whole)

    def verdicts() -> int:
        for facts in cases:
            decide(facts, policy, calendar)
        return len(cases)

    return {"table": one_table, "table_bulk": bulk, "walk": all_tables, "verdict": verdicts}


def _theirs(policy: CompiledPolicy, inputs: list[Inputs]) -> dict[str, Callable[[], int]]:
    content = orjson.loads(policy.canonical)["tables"]
    engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
    _hold_against(engine, policy.deciding[TABLE], inputs)
    whole = [_whole(one) for one in inputs]
    requests: list[Any] = [{"key": TABLE, "context": one} for one in inputs]

    def one_table() -> int:
        for one in inputs:
            engine.evaluate(TABLE, one)
        return len(inputs)

    def bulk() -> int:
        answers = engine.evaluate_batch(requests)
        if not all(answer["success"] for answer in answers):
            raise RuntimeError("zen-engine could not decide all of the batch")
        return len(answers)

    def all_tables() -> int:
        for one in whole:
            name, outcome = policy.start, {}
            while name:
                outcome = engine.evaluate(name, one)["result"]
                name = outcome.get("next", "")
            asked = {**one, "proposed": outcome["decision"], "proof": outcome["proof"]}
            engine.evaluate(policy.authority.name, asked)
            engine.evaluate(policy.destination.name, asked)
        return len(whole)

    return {"table": one_table, "table_bulk": bulk, "walk": all_tables}


def _hold_against(engine: Any, table: Table, inputs: list[Inputs]) -> None:
    """Both must say the same before anybody's speed counts. Raises RuntimeError."""
    for one in inputs:
        ours = {name: word for name, word in table.outcomes[table.first_hit(one)].items() if word != ""}
        if engine.evaluate(TABLE, one)["result"] != ours:
            raise RuntimeError(f"zen-engine decides otherwise: {one}")


def _whole(one: Inputs) -> Inputs:
    """Inputs for all tables: what the one table does not ask is ordinary, and the order comes to that table."""
    usual: Inputs = {name: 0 if domain is None else domain[-1] for name, domain in INPUTS.items()}
    ordinary: Inputs = {
        "goods_kind": TABLE, "seller_type": "third_party", "delivery": "delivered", "promise": "unknown",
        "channel_dispute": "no", "money": "paid", "second_payment": "no", "previous": "none", "risk": "normal",
        "evidence": "complete", "evidence_time": "running", "payer_account": "open", "channel_window": "open",
    }  # fmt: skip
    return {**usual, **ordinary, **one}


def _cases() -> list[dict[str, object]]:
    """Facts of ordinary questions: each kind, early and late, with and without evidence."""
    parts: dict[str, dict[str, object]] = {
        "card_code": {"card": {"revealed": False, "issuer_status": "unused"}},
        "top_up": {"top_up": {"ordered_fen": 5000, "arrived_fen": 2000, "channel_status": "partial"}},
        "membership": {"membership": {"days_total": 30, "days_used": 3, "activated": True}},
        "service": {"service": {"type": "custom_work", "progress_percent": 40, "progress_agreed": True}},
    }
    proof = {"type": "error_screenshot", "has_order_no": True, "has_timestamp": True, "has_key_info": True}
    return [
        {
            "now": "2026-11-18T12:00:00+08:00",
            "goods_kind": kind,
            "seller_type": "third_party",
            "delivery_mode": "auto",
            "delivery_state": "in_progress" if kind == "service" else "delivered",
            "seconds_since_paid": ago,
            "seconds_since_delivered": ago - 1,
            "amount_paid_fen": 4_880,
            "requested_fen": 4_880,
            "reason_claimed": reason,
            "evidence": [proof] if reason == "item_invalid" else [],
            "seller_response": {"status": "refuse", "hours_since_asked": 2},
            "payment": {"settled": False, "refund_window_days": 365},
            "buyer": {"orders_90d": 6, "refunds_90d": 0},
            "terms": {"no_reason_excluded_confirmed": True},
            **part,
        }
        for kind, part in parts.items()
        for ago in (120, 7_200, 800_000)
        for reason in ("no_reason", "item_invalid", "wrong_item_bought")
    ]


def _rate(run: Callable[[], int], seconds: float) -> float:
    run()
    count, start = 0, perf_counter()
    while (passed := perf_counter() - start) < seconds or not count:
        count += run()
    return count / passed


def _ratio(found: list[tuple[float, float]]) -> float:
    return median(ours / theirs for ours, theirs in found)


def _plain(name: str, found: list[tuple[float, float]]) -> dict[str, object]:
    told: dict[str, object] = {
        "name": name,
        "what": WHAT[name],
        "per_second": round(median(ours for ours, _ in found)),
    }
    if found[0][1]:
        ratios = [ours / theirs for ours, theirs in found]
        told |= {
            "zen_per_second": round(median(theirs for _, theirs in found)),
            "ratio": {
                "median": round(median(ratios), 1),
                "min": round(min(ratios), 1),
                "max": round(max(ratios), 1),
            },
            "target": TARGET,
            "reached": median(ratios) >= TARGET,
        }
    return told
