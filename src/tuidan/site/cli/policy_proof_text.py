"""What stands for a draft, as text for a person at a terminal: its test cases and its replay on past orders."""

from collections.abc import Mapping
from typing import Any

from tuidan.domain.policy.examples import ExamplesRun
from tuidan.web.shared.money import yuan


def examples_text(run: ExamplesRun) -> str:
    """What came of the test cases of a draft, and which rows they leave out."""
    lines = [
        f"用例 {run.count},通过 {run.passed},有争议 {run.contested},不符 {run.failed} · "
        f"{run.count} cases, {run.passed} pass, {run.contested} contested, {run.failed} fail"
    ]
    lines += [f"  {one.example} {one.aspect}: {one.expected} → {one.given}" for one in run.failures]
    covered = run.rows - len(run.uncovered)
    lines.append(f"规则 {run.rows} 条,用例走到 {covered} 条 · {covered} of {run.rows} rows reached")
    lines += [f"  {row}" for row in run.uncovered]
    return "\n".join(lines)


def replay_text(summary: Mapping[str, Any]) -> str:
    """What a replay found: sums, from which decision to which, and the changes that move most money."""
    whole = "全部 all" if summary["complete"] else "一部分 a part"
    lines = [f"订单 {summary['orders']:,} orders ({whole})"]
    if summary["unreadable"] or summary["not_reproduced"]:
        lines.append(
            f"读不出 unreadable {summary['unreadable']}, 重算和当时不同 not reproduced {summary['not_reproduced']}"
        )
    for group in summary["groups"]:
        lines.append(
            f"{group['source']} {group['group']}: {group['changed']:,}/{group['looked']:,} 变 changed, "
            f"+¥{yuan(group['more_fen'])} -¥{yuan(group['less_fen'])}, 仅期限等 terms only {group['terms']:,}"
        )
    for change in summary["changes"]:
        moved = signed_yuan(change["fen"])
        lines.append(
            f"{change['source']} {change['before']} → {change['after']}: {change['count']:,}, {moved}"
        )
    for flip in summary["worst"]:
        where = f"case {flip['case']}" if flip["case"] else f"age {flip['age']} s"
        lines.append(
            f"  {flip['order']} {flip['unit']} {where} {flip['reason']}: "
            f"{flip['before']} ¥{yuan(flip['before_fen'])} → {flip['after']} ¥{yuan(flip['after_fen'])}"
        )
    return "\n".join(lines)


def signed_yuan(fen: int) -> str:
    """+¥24.00 or -¥24.00."""
    return f"{'-' if fen < 0 else '+'}¥{yuan(abs(fen))}"
