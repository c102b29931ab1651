"""The order that a drawn picture is about, with all its numbers made up from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tuidan.domain.reading.expected import Expected
from tuidan.domain.reference import PAYMENT, TOP_UP, write_reference

FACES_YUAN = (10, 20, 30, 50, 100, 200, 300, 500)
CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GOODS = ("话费充值", "腾讯视频会员月卡", "Steam 钱包充值码", "网易一卡通", "爱奇艺黄金会员季卡", "京东 E 卡")


@dataclass(frozen=True, slots=True)
class Subject:
    """One order. Amounts in fen; `placed_at` aware."""

    order_id: UUID
    trade_no: str
    placed_at: datetime
    failed_at: datetime
    paid_fen: int
    face_fen: int
    arrived_fen: int
    account: str
    code: str
    goods: str

    @property
    def reference(self) -> str:
        """Our number as the payment app shows it."""
        return write_reference(self.order_id, PAYMENT, 1)

    @property
    def top_up_reference(self) -> str:
        return write_reference(self.order_id, TOP_UP, 1)

    @property
    def masked_account(self) -> str:
        return f"{self.account[:3]}****{self.account[-4:]}"

    @property
    def tail(self) -> str:
        return self.code[-4:]

    def expected(self) -> Expected:
        """What the product would expect on pictures of this order."""
        return Expected(
            numbers=(str(self.order_id), self.reference, self.top_up_reference, self.trade_no),
            since=self.placed_at,
            until=self.failed_at + timedelta(hours=5),
            amounts_fen=(self.paid_fen, self.face_fen),
            arrived_fen=self.arrived_fen,
            account=self.account,
            code_tails=(self.tail,),
            goods_name=self.goods,
        )


def draw_subject(rng: random.Random) -> Subject:
    """A fresh order."""
    placed = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=rng.randrange(230 * 86_400))
    face = rng.choice(FACES_YUAN) * 100
    stamp = int(placed.timestamp() * 1000) << 80
    order_id = UUID(int=stamp | 0x7000 << 64 | 0x8000 << 48 | rng.getrandbits(60) | rng.getrandbits(12) << 64)
    return Subject(
        order_id=order_id,
        trade_no=f"{placed:%Y%m%d}22001{rng.randrange(10**15):015d}",
        placed_at=placed,
        failed_at=placed + timedelta(seconds=rng.randrange(40, 9_000)),
        paid_fen=face - rng.choice((0, 50, 100, face // 50)),
        face_fen=face,
        arrived_fen=face // 5,
        account=f"1{rng.choice('3589')}{rng.randrange(10**9):09d}",
        code="".join(rng.choice(CODE_SIGNS) for _ in range(16)),
        goods=rng.choice(GOODS),
    )


def another_of(subject: Subject, rng: random.Random) -> Subject:
    """Another order of the same goods at the same price: what tells the two apart is in the numbers alone."""
    other = draw_subject(rng)
    return replace(
        other,
        goods=subject.goods,
        paid_fen=subject.paid_fen,
        face_fen=subject.face_fen,
        arrived_fen=subject.arrived_fen,
    )
