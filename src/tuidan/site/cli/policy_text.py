"""Decisions and tables as text for a person at a terminal."""

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy import Verdict
from tuidan.domain.policy.table import Table
from tuidan.web.shared.carried_shown import carried_texts
from tuidan.web.shared.money import yuan
from tuidan.web.shared.reasons import reasons_text

DECISIONS = {
    "approve_full": ("全额退款", "full refund"),
    "approve_partial": ("部分退款", "partial refund"),
    "reject": ("不予退款", "no refund"),
    "needs_evidence": ("请补充证据", "evidence needed"),
    "to_seller": ("转卖家", "to the seller"),
    "to_appraisal": ("转第三方鉴定", "to appraisal"),
    "to_platform": ("转平台人工", "to a person of the platform"),
}
LABELS = {
    "zh": ("金额", "另赔", "承担", "期限", "退至", "规则", "原因", "路径", "差一点", "政策", "事实"),
    "en": (
        "amount",
        "plus",
        "at cost of",
        "deadline",
        "paid to",
        "rules",
        "why",
        "way",
        "nearly",
        "policy",
        "fact",
    ),
}


def explained(line_id: object, verdict: Verdict, language: str) -> str:
    """One decision, a fact a line."""
    place = 0 if language == "zh" else 1
    amount, plus, cost, deadline, paid_to, rules, why, way, nearly, policy, fact = LABELS[language]
    lines = [f"{line_id}  {DECISIONS[verdict.decision][place]}"]
    if verdict.amount_fen:
        lines.append(f"  {amount}: ¥{yuan(verdict.amount_fen)}")
    if verdict.compensation_fen:
        lines.append(f"  {plus}: ¥{yuan(verdict.compensation_fen)}")
    lines.append(f"  {why}: {reasons_text(verdict.reasons, language)}")
    if verdict.deadline is not None:
        due_at = verdict.deadline.due_at.astimezone(CHINA).isoformat(sep=" ", timespec="seconds")
        lines.append(f"  {deadline}: {verdict.deadline.what} {verdict.deadline.within} → {due_at}")
    if verdict.refund_to:
        lines.append(f"  {paid_to}: {verdict.refund_to}")
    lines.append(f"  {cost}: {verdict.liable} ({verdict.cause})")
    lines.append(f"  {rules}: {' '.join(verdict.rules)}")
    lines.append(f"  {way}: {' → '.join(verdict.rows)}")
    for name, values in verdict.factors.items():
        lines.append(f"  {name}: " + ", ".join(f"{key}={value}" for key, value in values.items()))
    lines.extend(f"  {fact}: {text}" for text in carried_texts(verdict.to_plain(), language))
    for miss in verdict.near_misses:
        lines.append(f"  {nearly}: {miss.row} ({miss.condition}; {miss.value})")
    lines.append(f"  {policy}: {verdict.policy.id} {verdict.policy.version} {verdict.policy.sha256[:12]}")
    return "\n".join(lines) + "\n"


def table_text(table: Table) -> str:
    """A decision table: each row with its conditions and its outcome."""
    lines = [f"# {table.name}"]
    for row in table.rows:
        given = [
            f"{column} {text}" for column, text in zip(table.columns, row.texts, strict=True) if text.strip()
        ]
        outcome = [f"{name}={value}" for name, value in row.outcome.items() if value not in ("", "none")]
        lines.append(f"{row.id}: {' & '.join(given) or '*'}\n    → {', '.join(outcome) or '='}")
    return "\n".join(lines) + "\n"
