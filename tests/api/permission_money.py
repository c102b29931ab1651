"""Who may do what with money beyond the price: the rows of the API's operations about books, payouts and recalls."""

from __future__ import annotations

from api_world import ROLES, Shopfront, version
from permission_asked import ANY_KEY, NOT_SIGNED_IN, OPERATORS, ORDER, SEES, Asked, none, only

MONEY: dict[str, Asked] = {
    "show_money": Asked(Shopfront.codes, f"{ORDER}/money", SEES),
    # nothing waits for these steps here: whoever may take them is told so
    "consent_payout": Asked(
        Shopfront.codes,
        f"{ORDER}/payouts/1/consent",
        only("owner", 409),
        lambda _: {"name": "王小明", "account": "6222", "agreed": True},
    ),
    "show_payout_account": Asked(Shopfront.codes, f"{ORDER}/payouts/1/account", only("operator", 404)),
    "enter_payout": Asked(
        Shopfront.codes, f"{ORDER}/payouts/1/enter", only("operator", 409), lambda _: {"reference": "B-1"}
    ),
    "confirm_payout": Asked(Shopfront.codes, f"{ORDER}/payouts/1/confirm", only("operator", 409)),
    "fail_payout": Asked(
        Shopfront.codes, f"{ORDER}/payouts/1/fail", only("operator", 409), lambda _: {"why": "no"}
    ),
    "reroute_refund": Asked(Shopfront.codes, f"{ORDER}/refunds/1/reroute", only("operator", 409)),
    "create_recall": Asked(
        Shopfront.codes,
        f"{ORDER}/refunds/1/recall",
        only("operator", 409),
        lambda order_id: {"why": "used", "seen_version": version(order_id)},
    ),
    "create_repayment": Asked(
        Shopfront.codes,
        f"{ORDER}/recalls/1/repayments",
        only("operator", 409),
        lambda _: {"amount_fen": 1, "reference": "B-2"},
    ),
    "create_minor_finding": Asked(
        Shopfront.in_review,
        f"{ORDER}/cases/1/minor-finding",
        only("reviewer", 200),
        lambda _: {"is_minor": True, "age": 7},
    ),
    "show_seller_account": Asked(none, "/shops/{shop}/account", OPERATORS | {"seller": 200}),
    "show_seller_statement": Asked(none, "/shops/{shop}/statement", OPERATORS | {"seller": 200}),
    "record_deposit": Asked(
        none,
        "/shops/{shop}/deposits",
        OPERATORS,
        lambda _: {"direction": "in", "amount_fen": 100, "reference": "B-3"},
    ),
    "record_seller_payout": Asked(
        none,
        "/shops/{shop}/payouts",
        OPERATORS | {"operator": 409},
        lambda _: {"amount_fen": 100, "reference": "B-4"},
    ),
    "set_reserve": Asked(
        none, "/shops/{shop}/reserve", OPERATORS, lambda _: {"reserve_fen": 0, "why": "none"}
    ),
    "set_naming": Asked(none, "/shops/{shop}/naming", OPERATORS, lambda _: {"named": True, "why": "papers"}),
    "list_coupons": Asked(none, "/shops/{shop}/coupons", ANY_KEY),
    "create_coupon": Asked(
        none,
        "/shops/{shop}/coupons",
        dict.fromkeys(ROLES, 403) | NOT_SIGNED_IN | {"seller": 201},
        lambda _: {"buyer_id": "01890000-0000-7000-8000-000000000000", "amount_fen": 100, "days": 30},
    ),
    "show_fund": Asked(none, "/fund", OPERATORS),
    "show_fund_statement": Asked(none, "/fund/statement", OPERATORS),
    "set_fund_limit": Asked(
        none,
        "/fund/limit",
        OPERATORS,
        lambda _: {"limit_fen": 10**9, "order_fen_max": 50_000, "why": "tests"},
    ),
}
