"""How long a long dossier takes: as many pages as asked for, of made-up facts, by the product's own typesetter."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pikepdf

from tuidan.connectors.typesetters.pdf import typeset
from tuidan.domain.dossier.law import MARKS
from tuidan.domain.dossier.record import Amounts, Demand, Dossier, Fact, Goods, Party
from tuidan.domain.evidence import sha256_hex
from tuidan.web.shared.dossier_text import document

BEGUN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FACTS_PER_PAGE = 13
WORDS = (
    "充值失败，页面提示已被激活。我在下单后马上查看并输入，账号没有收到任何金额，请核对发行方的记录并退款。"
)


@dataclass(frozen=True, slots=True)
class DossierTime:
    """One long dossier: how long it took from record to PDF, how many pages and bytes it has."""

    seconds: float
    pages: int
    bytes: int


def time_dossier(pages: int) -> DossierTime:
    """Set a dossier of at least so many pages. Raises NoTypesetter."""
    record = _record(pages * FACTS_PER_PAGE)
    started = time.perf_counter()
    body = typeset(document(record, "zh"))
    seconds = time.perf_counter() - started
    with pikepdf.open(io.BytesIO(body)) as found:
        return DossierTime(seconds, len(found.pages), len(body))


def _record(count: int) -> Dossier:
    facts = tuple(
        Fact(
            n,
            BEGUN + timedelta(minutes=n),
            "message_sent",
            "buyer" if n % 2 else "seller",
            {},
            WORDS,
            sha256_hex(str(n).encode()),
        )
        for n in range(1, count + 1)
    )
    goods = Goods(
        "card_code",
        "点卡 50 元",
        "",
        "",
        "",
        1,
        "auto",
        "",
        "",
        "0" * 64,
        "1",
        "0" * 64,
        no_reason_excluded_confirmed=True,
    )
    return Dossier(
        order_id="0" * 36,
        reader="buyer",
        version=count,
        head=facts[-1].hash,
        as_of=facts[-1].at,
        status="paid",
        currency="CNY",
        placed_at=BEGUN,
        paid_at=BEGUN,
        channel="alipay",
        trade_no="1",
        payer="",
        parties=(
            Party("buyer", "0" * 36, "买家", True),
            Party("seller", "0" * 36, "小店", True, "", "third_party"),
        ),
        goods=goods,
        amounts=Amounts(5_000, 5_000, 5_000, 0, 0, 0),
        demand=Demand(0, 0, "", ()),
        claims=(),
        items=(),
        facts=facts,
        laws=MARKS,
        annexes=(),
        proof=None,
        public_url="",
    )
