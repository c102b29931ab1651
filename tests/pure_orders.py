"""One order driven by the domain alone: decide, evolve and the stored form, without a database.

Between two commands the state goes through its stored bytes, as it does in the product.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide import decide, refusal_of
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.facts import Outside
from tuidan.domain.ledger import Posting
from tuidan.domain.order import Order
from tuidan.domain.order_codec import read_order, write_order
from tuidan.policies import load_calendar, load_standard_policy

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
POLICY = load_standard_policy()
# What the advance fund lays out for one order, of more than any test needs in all.
ADVANCE_FEN_MAX = 50_000
CONTEXT = Context(POLICY, load_calendar(), Outside(fund_left_fen=10**9, fund_order_fen_max=ADVANCE_FEN_MAX))
BUYER, SHOP, LISTING = UUID(int=0xB << 120), UUID(int=0x5 << 120), UUID(int=0x1 << 120)
MACHINE = c.Actor("machine")
ASKER, SHOPKEEPER = c.Actor("buyer", str(BUYER)), c.Actor("seller", str(SHOP))
REVIEWER = c.Actor("reviewer", "reviewer-1")
PRICE_FEN = 4_880
TERMS = c.Terms(
    buyer_id=str(BUYER),
    seller_id=str(SHOP),
    listing_id=str(LISTING),
    seller_type="third_party",
    goods_kind="card_code",
    delivery_mode="auto",
    settlement="escrow",
    currency="CNY",
    price_fen=PRICE_FEN,
    face_fen=5_000,
    stock_kind="unique",
    supplier="",
    issuer="cardbook",
    promised_seconds=600,
    hold_seconds=86_400,
    expires_seconds=900,
)
TOP_UP = replace(TERMS, goods_kind="top_up", stock_kind="", supplier="goofish")
SERVICE = replace(
    TERMS, goods_kind="service", delivery_mode="manual", stock_kind="", issuer="", promised_seconds=86_400
)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@dataclass
class PureOrder:
    """An order and everything that was written of it."""

    state: bytes = b""
    version: int = 0
    history: list[tuple[e.Event, int, datetime]] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    context: Context = CONTEXT

    def order(self) -> Order:
        return read_order(self.state, self.version, bytes(32)) if self.version else Order()

    def do(self, command: c.Command, seconds: float = 0, actor: c.Actor = MACHINE) -> list[e.Event]:
        """Decide a command and keep what it did; gives its events. Raises what decide raises."""
        order = self.order()
        draft = decide(order, command, actor, self.context, at(seconds))
        first = self.version + 1
        self.history += [(event, n, at(seconds)) for n, event in enumerate(draft.events, start=first)]
        self.postings += [posting for _, posting in draft.postings]
        self.drafts.append(draft)
        self.state, self.version = write_order(order), order.version
        return draft.events

    def refusal(self, command: c.Command, seconds: float = 0, actor: c.Actor = MACHINE) -> str:
        """The code with which the command is refused, or "" when it is not."""
        try:
            refused = refusal_of(self.do(command, seconds, actor))
        except Refused as raised:
            return raised.refusal.code
        return refused.code if refused else ""

    def judge(self, case: int, amount_fen: int = 0, seconds: float = 0) -> str:
        """A reviewer takes a case over where it waits for evidence, and grants; gives the refusal's code or ""."""
        if self.order().cases[case - 1].status == "evidence":
            self.do(c.CallPlatform(case), seconds, REVIEWER)
        return self.refusal(
            c.DecideCase(case, True, amount_fen, ("goodwill",), self.version), seconds, REVIEWER
        )

    def kinds(self) -> list[str]:
        return [e.kind_of(event) for event, _, _ in self.history]


def placing(terms: c.Terms = TERMS, quantity: int = 1) -> c.PlaceOrder:
    proof = "ac" * 32 if terms.goods_kind in ("top_up", "membership") else ""
    return c.PlaceOrder(terms, quantity, True, True, proof, POLICY.sha256, "50" * 32)


def payment_of(n: int, amount_fen: int, trade_no: str = "T1", seconds: float = 0) -> c.RecordPayment:
    return c.RecordPayment(n, "alipay", trade_no, amount_fen, at(seconds), "", "ab" * 32)


def placed_order(terms: c.Terms = TERMS, quantity: int = 1) -> PureOrder:
    order = PureOrder()
    order.do(placing(terms, quantity))
    return order


def paid_order(terms: c.Terms = TERMS, quantity: int = 1) -> PureOrder:
    order = placed_order(terms, quantity)
    order.do(c.StartPayment("alipay"))
    order.do(payment_of(1, order.order().price_fen()))
    return order


def sealed_order(quantity: int = 1, terms: c.Terms = TERMS) -> PureOrder:
    order = paid_order(terms, quantity)
    order.do(c.RecordCodes({n: f"{n:04d}" for n in range(1, quantity + 1)}, ()))
    return order


def out_of_stock_order(quantity: int = 1) -> PureOrder:
    """Paid, nothing in stock: one refund is decided for each unit."""
    order = paid_order(quantity=quantity)
    order.do(c.RecordCodes({}, tuple(range(1, quantity + 1))))
    return order


def sent_refund(quantity: int = 1) -> PureOrder:
    order = out_of_stock_order(quantity)
    order.do(c.MarkRefundSent(1))
    return order
