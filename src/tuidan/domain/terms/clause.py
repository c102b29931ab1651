"""The thirty-two clauses: id, level and articles. Titles and rewrites are words, found by the clause's id."""

from __future__ import annotations

from dataclasses import dataclass

VOID = "V"
RISKY = "R"
# Grows whenever a clause, its level or its basis changes; what was shown can be told by it.
CLAUSE_VERSION = "2026-11-23"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `level` is V (void by law or judicial interpretation) or R (risky: it depends on facts).

    `depends` marks the levels that facts can change: R that becomes V, or V only where a condition holds.
    `of_page` clauses are checks of the page's settings, never of wording.
    """

    id: str
    level: str
    articles: tuple[str, ...]
    depends: bool = False
    of_page: bool = False

    @property
    def title_key(self) -> str:
        """The key of the clause's name in words."""
        return f"terms.{self.id}.title"

    @property
    def rewrite_key(self) -> str:
        """The key of the wording to use instead."""
        return f"terms.{self.id}.rewrite"


_ROWS = (
    Clause("C01", VOID, ("消法26", "网络消费解释(一)1(5)", "网络交易办法21(1)(2)")),
    Clause("C02", RISKY, ("消法25", "消法实施条例19")),
    Clause("C03", VOID, ("消法实施条例19", "七日退货办法20"), depends=True, of_page=True),
    Clause("C04", VOID, ("网络消费解释(一)1(1)",)),
    Clause("C05", VOID, ("网络消费解释(一)1(3)", "网络交易办法21(5)", "合同行政监管办法8(7)")),
    Clause("C06", VOID, ("网络消费解释(一)1(4)", "网络交易办法21(3)", "总局令116第30条(4)")),
    Clause("C07", VOID, ("网络消费解释(一)1(2)", "消法44", "电商法38")),
    Clause("C08", VOID, ("消法26", "民法典497", "合同行政监管办法7(3)")),
    Clause("C09", RISKY, ("电商法50", "消法26"), depends=True),
    Clause("C10", RISKY, ("电商法62", "预付式消费解释25", "消法26")),
    Clause("C11", RISKY, ("消法24", "消法实施条例18"), depends=True),
    Clause(
        "C12",
        RISKY,
        ("合同行政监管办法8(1)", "民法典585", "合同编通则解释65", "总局令116第30条(1)"),
        depends=True,
    ),
    Clause("C13", VOID, ("七日退货办法14", "消法52"), depends=True),
    Clause("C14", RISKY, ("网络消费解释(一)5",)),
    Clause("C15", VOID, ("电商法17", "电商法39", "网络交易办法14", "消法26")),
    Clause("C16", VOID, ("电商法49(2)",)),
    Clause("C17", VOID, ("电商法34", "预付式消费解释9(4)", "预付式消费解释12", "总局令116第32条")),
    Clause("C18", VOID, ("消法23", "消法48", "民法典593"), depends=True),
    Clause("C19", RISKY, ("消法20", "消法55", "广告法28")),
    Clause("C20", VOID, ("民法典144–145", "未成年人网络保护条例44", "未成年人网络保护条例46")),
    Clause("C21", RISKY, ("预付式消费解释24", "单用途卡办法"), depends=True),
    Clause("C22", VOID, ("预付式消费解释9(1)", "消法53"), depends=True),
    Clause("C23", RISKY, ("消法实施条例17", "预付式消费解释9(6)", "民诉法解释31")),
    Clause("C24", VOID, ("消法22",)),
    Clause("C25", RISKY, ("民法典497(3)", "消法26"), depends=True),
    Clause("C26", RISKY, ("电商法20", "预付式消费解释8")),
    Clause("C27", RISKY, ("消法20", "消法实施条例12", "民法典498")),
    Clause("C28", VOID, ("总局令116", "个人信息保护法24", "电商法63")),
    Clause("C29", VOID, ("民法典506(2)", "电商法30")),
    Clause("C30", VOID, ("电商法21", "消法实施条例20")),
    Clause("C31", VOID, ("个人信息保护法10", "个人信息保护法25", "民法典1032")),
    Clause("C32", VOID, ("网络交易办法17", "网络交易办法18"), of_page=True),
)
CLAUSES: dict[str, Clause] = {clause.id: clause for clause in _ROWS}
