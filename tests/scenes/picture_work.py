"""An order whose buyer uploads pictures: drawn like a phone's screen, checked, read, filed as an exhibit."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from shopfloor import NOW, Bought, paid, state
from tuidan.commands import dispute, upload
from tuidan.commands.delivery import deliver_by_seller
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.reader import Reader
from tuidan.domain import commands as c
from tuidan.domain.dispute import Exhibit
from tuidan.reads.viewer import Viewer
from tuidan.sandbox.pictures.altering import Sheet
from tuidan.sandbox.pictures.drawing import draw_page
from tuidan.sandbox.pictures.page import bill
from tuidan.sandbox.pictures.phone import PHONES
from tuidan.sandbox.pictures.subject import Subject, draw_subject
from tuidan.worker.checker import Checker
from tuidan.worker.files import check_files
from tuidan.worker.reading import read_files

ACCOUNT = "13812341234"
CHECKER = Checker()
REVIEWER = Viewer(uuid4(), frozenset(), is_reviewer=True, is_operator=False)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A paid order whose buyer was asked for evidence; `subject` is what its screens show."""

    bought: Bought
    subject: Subject

    @property
    def buyer(self) -> c.Actor:
        return c.Actor("buyer", str(self.bought.buyer))

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.bought.buyer, frozenset(), is_reviewer=False, is_operator=False)

    def screen(self, seed: int = 1) -> Sheet:
        """The payment app's page of the order on a phone."""
        page = bill(self.subject, random.Random(seed))
        image, rows = draw_page(page, PHONES[0], dark=False)
        return Sheet(image, tuple(rows))

    def upload(self, picture: bytes) -> int:
        """Upload it and have it checked; gives its number."""
        name = f"{uuid4().hex}.png"
        told = upload.upload_whole(
            self.bought.id, 1, self.buyer, self.bought.buyer, name, picture, uuid4().hex, now()
        )
        assert check_files(CHECKER, now)
        return told.n

    def file(self, n: int, kind: str = "error_screenshot") -> None:
        """File it as an exhibit that claims to show all three elements."""
        command = c.FileExhibit(1, kind, True, True, True)
        outcome = upload.file_with_uploads(
            self.bought.id, self.buyer, command, (n,), uuid4().hex, now(), "提示充值失败"
        )
        assert outcome.ok, outcome.refusal

    def exhibit(self) -> Exhibit:
        """The last one filed, as it stands in the order."""
        return state(self.bought).exhibits[-1]


def complained(seed: int) -> Case:
    """Paid, done as the seller says, and not as described: the buyer is asked for evidence."""
    bought = paid(goods_kind="service", delivery_mode="manual", stock_kind="", issuer="", account=ACCOUNT)
    assert deliver_by_seller(bought.id, bought.shop, 1, "已完成", 100, uuid4().hex, now()).ok
    asked = dispute.request_refund(bought.id, bought.buyer, 1, "not_as_described", "ask", now())
    assert asked.ok, asked.refusal
    assert state(bought).cases[0].status == "evidence"
    subject = replace(
        draw_subject(random.Random(seed)),
        order_id=bought.id,
        placed_at=NOW,
        failed_at=NOW + timedelta(minutes=2),
        paid_fen=state(bought).price_fen(),
        face_fen=5_000,
        account=ACCOUNT,
    )
    return Case(bought, subject)


def read_all(reader: Reader) -> None:
    """Let the worker read what waits."""
    while read_files(Outside(reader=reader), now):
        pass
