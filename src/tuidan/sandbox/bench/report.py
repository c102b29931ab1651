"""The answer of the benchmark as a table for people."""

from __future__ import annotations

from typing import Any


def lines(told: dict[str, Any]) -> list[str]:
    """The table, line by line."""
    server, one = told["server"], told["one_refund"]
    found = [
        f"PostgreSQL {server['server_version']}, fsync {server['fsync']}, synchronous_commit "
        f"{server['synchronous_commit']}, {told['machine']['cores']} cores; median (least – most) of "
        f"{told['rounds']} rounds of {told['seconds']:g} s",
        f"one refund writes {sum(one['rows'].values())} rows, {sum(one['bytes'].values())} bytes: "
        + ", ".join(f"{name.removeprefix('orders_')} {n}" for name, n in one["rows"].items()),
        "",
        f"{'':<11}{'per second':>11}  {'ratio':<24}{'target':>7}{'aim':>6}",
    ]
    found += [_line(figure) for figure in told["figures"]]
    if memory := told.get("memory"):
        found.append(
            f"{'memory':<11}{memory['growth_bytes'] / 1e6:>+9.1f}MB  "
            f"{' → '.join(f'{int(n):,} orders' for n in memory['peak_bytes']):<24}"
            f"{'≤ ' + str(round(memory['growth_bytes_max'] / 1e6)) + ' MB':>7}{'':>6}  {_word(memory['reached'])}"
        )
    found += ["", *(f"{figure['name']}: {figure['what']}" for figure in told["figures"])]
    if policy := told.get("policy"):
        found += ["", *_policy_lines(policy)]
    return found


def _policy_lines(policy: dict[str, Any]) -> list[str]:
    found = [
        f"decisions: {policy['table']}, {policy['rows']} rows by {policy['columns']} inputs, {policy['orders']} orders",
        f"{'':<11}{'per second':>11}  {'times zen-engine':<24}{'target':>7}",
    ]
    for figure in policy["figures"]:
        line = f"{figure['name']:<11}{figure['per_second']:>11,}  "
        if ratio := figure.get("ratio"):
            spread = f"{ratio['median']:.0f} ({ratio['min']:.0f} – {ratio['max']:.0f}) of {figure['zen_per_second']:,}"
            line += f"{spread:<24}{'≥ ' + format(figure['target'], 'g'):>7}  {_word(figure['reached'])}"
        found.append(f"{line.rstrip()}   {figure['what']}")
    return [*found, policy["missing"]] if "missing" in policy else found


def _line(figure: dict[str, Any]) -> str:
    rate = f"{figure['name']:<11}{figure['per_second']['median']:>11,.0f}  "
    if "ratio" not in figure:
        return rate + f"({figure['per_second']['min']:,.0f} – {figure['per_second']['max']:,.0f})"
    ratio = figure["ratio"]
    spread = f"{ratio['median']:.2f} ({ratio['min']:.2f} – {ratio['max']:.2f})"
    target = "" if figure["target"] is None else f"{figure['target']:g}"
    aim = "" if figure["aim"] is None else f"{figure['aim']:g}"
    of = "" if figure["against"] == "r4" else f" of {figure['against']}"
    word = _word(figure["reached"]) if figure["target"] is not None else "for comparison"
    return rate + f"{spread + of:<24}{target:>7}{aim:>6}  {word}"


def _word(reached: bool) -> str:
    return "ok" if reached else "below target"
