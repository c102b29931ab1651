"""What a random life stands on: the order, its model, and the comparison after each step."""

from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from life_model import LifeModel, UnitModel
from life_worlds import World

from tuidan.domain import commands as c
from tuidan.domain import events as e

WAITS = st.sampled_from([0] * 8 + [1, 1, 30, 30, 120, 299, 400, 901, 7_200, 90_000])
UNIT = st.integers(1, 4)
PLACE = st.integers(0, 9)
MOSTLY = st.sampled_from([True, True, True, False])
SHARES = st.sampled_from([0, 0, 1, 1, 2, 10**9])
PRICES = st.sampled_from([1, 333, 4_880, 30_000])


class LifeBase(RuleBasedStateMachine):
    """A life in the world that the subclass names."""

    world_of: ClassVar[type]
    world: World
    model: LifeModel

    @initialize(
        kind=st.sampled_from(["card_code", "card_code", "top_up", "service"]),
        quantity=UNIT,
        price=PRICES,
        instant=st.booleans(),
        issuer=st.sampled_from(["", "cardbook"]),
        begin=st.sampled_from(["placed", *["paid"] * 4, *["under way"] * 7]),
    )
    def place(self, kind: str, quantity: int, price: int, instant: bool, issuer: str, begin: str) -> None:
        settlement = "instant_settlement" if instant else "escrow"
        self.world = self.world_of(kind, price, quantity, settlement, issuer)
        self.issuer, self.now = issuer, 0
        state = self.world.state()
        self.start = state.placed_at
        units = [UnitModel(price) for _ in range(quantity)]
        self.model = LifeModel(
            kind,
            instant,
            price * quantity,
            state.hold_seconds,
            state.promised_seconds,
            state.expires_at,
            units,
        )
        self.trade = 0
        self.told: c.RecordPayment | None = None
        self.amounts: dict[tuple[int, int], int] = {}
        self.get_going(begin)

    def get_going(self, begin: str) -> None:
        """Bring the order to where this life begins."""

    def do(self, command: c.Command, wait: int, refused: str = "") -> list[e.Event]:
        self.now += wait
        self.model.clock = self.moment
        events, code = self.world.do(command, self.now)
        assert code == refused, f"{command} was refused with {code!r}, the rules say {refused!r}"
        return events

    @property
    def moment(self) -> int:
        return self.start + self.now

    def unit(self, n: int) -> int:
        return (n - 1) % len(self.model.units) + 1

    def left(self, n: int, share: int) -> int:
        """An amount to ask for: all (0), a part, or far too much."""
        left = self.model.units[n - 1].left
        return share if share in (0, 10**9) else max(1, left // (share + 1))

    def said(self, events: list[e.Event], n: int) -> tuple:
        """What the policy decided for the unit, as the model wants it told."""
        for event in events:
            if isinstance(event, e.RefundDecided) and event.unit == n:
                return "refund", event.amount_fen
            if isinstance(event, e.RequestRejected):
                return ("reject",)
        return ("person",)

    def _case_said(self, events: list[e.Event], n: int) -> tuple:
        """As `said`, where one command speaks of several units."""
        return next(
            (("refund", it.amount_fen) for it in events if isinstance(it, e.RefundDecided) and it.unit == n),
            ("person",),
        )

    @rule()
    def the_last_word_is_said_again(self) -> None:
        """The same command with the same key: the same answer, and nothing moves."""
        version = self.world.state().version
        self.world.again()
        assert self.world.state().version == version

    @invariant()
    def model_and_order_agree(self) -> None:
        state, model = self.world.state(), self.model
        told = {name: getattr(state.totals, name) for name in model.totals()}
        assert told == model.totals()
        assert state.totals.fault() is None
        assert state.status == model.status
        assert [(unit.status, unit.refund_fen) for unit in state.units] == [
            (u.state, u.back) for u in model.units
        ]
        cases = ["open" if case.waits() else case.status for case in state.cases]
        assert cases == [case.state for case in model.cases]
        names = {"arrived": "succeeded"}
        assert [(refund.amount_fen, refund.status) for refund in state.refunds] == [
            (refund.amount, names.get(refund.state, refund.state)) for refund in model.refunds
        ]
        assert sum(refund.amount_fen for refund in state.refunds) <= state.totals.received
        assert state.attempts == model.attempts

    def teardown(self) -> None:
        if hasattr(self, "world"):
            assert self.world.end() == []
