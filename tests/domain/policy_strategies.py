"""Random facts for the policy's tests: every field of the schema, sometimes missing or null, mostly sensible."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy import vocabulary

Facts = dict[str, object]
EVIDENCE_TYPES = (
    "order_screenshot", "error_screenshot", "arrival_screenshot", "use_video", "seller_chat", "payment_proof",
    "carrier_bill", "official_ban_notice", "login_log", "listing_snapshot", "progress_screenshot",
    "guardian_relation", "minor_identity", "usage_record", "something_else",
)  # fmt: skip
FEN = st.integers(1, 200_000)
SMALL = st.integers(0, 5)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """A value, or null."""
    return st.one_of(values, values, values, st.none())


def some(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[Facts]:
    """An object with any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


def evidence() -> st.SearchStrategy[list[Facts]]:
    item = st.fixed_dictionaries(
        {
            "type": st.sampled_from(EVIDENCE_TYPES),
            "has_order_no": st.booleans(),
            "has_timestamp": st.booleans(),
            "has_key_info": st.booleans(),
        },
        optional={"tampered": st.booleans(), "reused_from_order": maybe(st.just("O1"))},
    )
    return st.lists(item, max_size=5)


def moments(now: datetime) -> st.SearchStrategy[object]:
    return maybe(st.integers(0, 40 * 86_400).map(lambda ago: (now - timedelta(seconds=ago)).isoformat()))


@st.composite
def facts(draw: st.DrawFn, **fixed: object) -> Facts:
    """One random case; `fixed` fields are put in at the end."""
    now = datetime(2026, 11, 1, tzinfo=CHINA) + timedelta(seconds=draw(st.integers(0, 20 * 86_400)))
    paid_ago = draw(st.one_of(st.integers(0, 700), st.integers(0, 30 * 86_400)))
    delivered_ago = draw(st.one_of(st.none(), st.integers(0, paid_ago)))
    paid = draw(FEN)
    kind = draw(st.sampled_from(vocabulary.GOODS_KINDS))
    case: Facts = {
        "now": now.isoformat(),
        "goods_kind": kind,
        "seller_type": draw(st.sampled_from(vocabulary.SELLER_TYPES)),
        "delivery_mode": draw(st.sampled_from(vocabulary.DELIVERY_MODES)),
        "delivery_state": draw(maybe(st.sampled_from(vocabulary.DELIVERY_STATES))),
        "paid_at": (now - timedelta(seconds=paid_ago)).isoformat(),
        "seconds_since_paid": paid_ago,
        "delivered_at": None if delivered_ago is None else (now - timedelta(seconds=delivered_ago)).isoformat(),
        "seconds_since_delivered": delivered_ago,
        "promised_delivery_hours": draw(st.sampled_from([None, None, 1, 2, 24, 72, 0.5])),
        "amount_paid_fen": paid,
        "requested_fen": draw(st.one_of(st.just(paid), st.integers(1, paid))),
        "refunded_fen": draw(st.one_of(st.just(0), st.just(0), st.integers(0, paid))),
        "reason_claimed": draw(maybe(st.sampled_from(vocabulary.REASONS))),
        "evidence": draw(evidence()),
        "seller_response": draw(
            some(
                status=maybe(st.sampled_from(vocabulary.RESPONSES)),
                hours_since_asked=maybe(st.sampled_from([0.1, 1, 5.5, 23, 24, 25, 40])),
                offered_fen=maybe(st.integers(1, paid)),
            )
        ),
        "payment": draw(
            some(
                settled=st.booleans(),
                refund_window_days=maybe(st.sampled_from([7, 365])),
                original_account_status=maybe(st.sampled_from(["closed", "open"])),
                channel_dispute_open=st.sampled_from([False, False, False, True]),
                second_payment_fen=maybe(st.sampled_from([0, paid])),
            )
        ),
        "buyer": draw(
            some(
                orders_90d=SMALL, refunds_90d=SMALL, misoperations_90d=maybe(st.integers(0, 3)),
                is_minor=maybe(st.booleans()), age=maybe(st.integers(5, 40)), own_income=st.booleans(),
                face_verified=st.booleans(), minor_claims_before=st.integers(0, 1),
            )
        ),
        "terms": draw(some(no_reason_excluded_confirmed=maybe(st.booleans()), preticked=st.booleans())),
        "other": draw(some(evidence_deadline_passed=st.booleans(), previous_decision=maybe(st.just("reject")))),
        PART[kind]: draw(GOODS[kind](now)),
    }  # fmt: skip
    return {**case, **fixed}


def card(now: datetime) -> st.SearchStrategy[Facts]:
    return some(
        revealed=maybe(st.booleans()), revealed_at=moments(now),
        issuer_status=st.sampled_from(vocabulary.ISSUER_STATUSES), activated_at=moments(now),
        activated_relative_to_reveal=maybe(st.sampled_from(vocabulary.ACTIVATIONS)),
        activated_by=maybe(st.sampled_from(["buyer_bound_account", "other_account", "unknown"])),
        codes_total=st.integers(1, 10), codes_activated_before_reveal=st.integers(0, 10),
        face_value_ordered_fen=st.sampled_from([3000, 5000]), face_value_real_fen=maybe(st.sampled_from([0, 3000])),
        fingerprint_seen_in_other_order=st.booleans(), replacement_of_first_code=st.booleans(),
        reveal_errors=st.integers(0, 2),
    )  # fmt: skip


def top_up(_now: datetime) -> st.SearchStrategy[Facts]:
    return some(
        ordered_fen=st.sampled_from([3000, 5000]), arrived_fen=maybe(st.sampled_from([0, 1000, 2999, 5000])),
        account_shown=st.just("a"), account_actual=maybe(st.sampled_from(["a", "a", "b"])),
        channel_status=maybe(st.sampled_from(vocabulary.CHANNEL_STATUSES)),
    )  # fmt: skip


def membership(_now: datetime) -> st.SearchStrategy[Facts]:
    return some(
        days_total=maybe(st.sampled_from([30, 365])), days_used=maybe(st.sampled_from([0, 1, 29, 30, 400])),
        activated=maybe(st.booleans()), plan_ordered_months=st.just(3), plan_opened_months=maybe(st.integers(0, 3)),
        stop_cause=maybe(st.sampled_from(["seller_upstream", "buyer_breach", "weather"])),
        renewal_notice_sent=maybe(st.booleans()), provider_revocable=maybe(st.booleans()),
    )  # fmt: skip


def service(now: datetime) -> st.SearchStrategy[Facts]:
    return some(
        type=st.sampled_from(vocabulary.SERVICE_TYPES), progress_percent=maybe(st.integers(0, 100)),
        progress_agreed=st.booleans(), accepted_by_buyer=st.booleans(), deadline_passed=st.booleans(),
        due_at=moments(now), promise_working_days=st.integers(1, 5), efficiency_deposit_fen=st.just(3000),
        safety_deposit_fen=st.just(20_000), hours_total=st.sampled_from([1, 3, 5]),
        minutes_used=maybe(st.integers(0, 400)), login_failures=st.integers(0, 4), kicked_by_owner=st.booleans(),
    )  # fmt: skip


GOODS = {"card_code": card, "top_up": top_up, "membership": membership, "service": service}
PART = {"card_code": "card", "top_up": "top_up", "membership": "membership", "service": "service"}
