"""Who may do what: every operation of the API, asked by every role."""

from __future__ import annotations

import pytest
from api_world import ROLES, Caller, Shopfront, code_of, material, new_key, now, shown, version
from permission_asked import (
    ANY_KEY,
    EVERYBODY,
    NOT_SIGNED_IN,
    OPERATORS,
    ORDER,
    SEES,
    UNIT,
    Asked,
    acting,
    none,
    only,
)
from permission_files import FILES
from permission_money import MONEY
from service_world import by_the_hour, handed_over, opened, renewable, rented, reported

from tuidan.api.openapi import document
from tuidan.domain.calendar import china_day

MATRIX: dict[str, Asked] = {
    "list_listings": Asked(none, "/listings", EVERYBODY),
    "show_one_listing": Asked(none, "/listings/{listing}", EVERYBODY),
    "show_current_policy": Asked(none, "/policies/current", EVERYBODY),
    "show_policy": Asked(none, "/policies/{sha256}", EVERYBODY),
    "list_policies": Asked(none, "/policies", EVERYBODY),
    # of the version in force nothing is asked any more; who has a key is told so
    "create_policy_comment": Asked(
        none,
        "/policies/{sha256}/comments",
        {role: 401 if role in NOT_SIGNED_IN else 409 for role in ROLES},
        lambda _: {"words": "可以再宽一点"},
    ),
    "list_policy_changes": Asked(none, "/policies/{sha256}/changes", EVERYBODY),
    "list_clauses": Asked(none, "/terms", EVERYBODY),
    "lint_terms": Asked(none, "/terms/lint", EVERYBODY, lambda _: {"text": "售出不退"}),
    "list_problems": Asked(none, "/problems", EVERYBODY),
    "show_problem": Asked(none, "/problems/busy", EVERYBODY),
    "list_orders": Asked(none, "/orders", ANY_KEY),
    "list_queue": Asked(none, "/cases", dict.fromkeys(ROLES, 403) | NOT_SIGNED_IN | {"reviewer": 200}),
    "create_order": Asked(
        none,
        "/orders",
        {role: 401 if role in NOT_SIGNED_IN else 201 for role in ROLES},
        lambda _: {"listing_id": "{listing}"},
    ),
    "show_order": Asked(Shopfront.codes, ORDER, SEES),
    "show_answer": Asked(Shopfront.codes, f"{ORDER}/answer", SEES),
    "show_preview": Asked(Shopfront.codes, f"{ORDER}/units/1/preview", SEES),
    "list_units": Asked(Shopfront.codes, f"{ORDER}/units", SEES),
    "list_cases": Asked(Shopfront.in_review, f"{ORDER}/cases", SEES),
    "list_messages": Asked(Shopfront.codes, f"{ORDER}/messages", SEES),
    "copy_messages": Asked(Shopfront.codes, f"{ORDER}/messages/copy", SEES),
    "create_message": Asked(
        Shopfront.codes,
        f"{ORDER}/messages",
        {role: 201 if seen == 200 else seen for role, seen in SEES.items()},
        lambda _: {"words": "在吗"},
    ),
    "create_contact_answer": Asked(
        Shopfront.codes, f"{ORDER}/contact-answers", only("seller", 200), lambda _: {"kind": "refuse"}
    ),
    "list_questions": Asked(
        none,
        "/questions",
        dict.fromkeys(ROLES, 403) | NOT_SIGNED_IN | {"seller": 200, "other_seller": 200},
    ),
    "show_log": Asked(none, "/log", EVERYBODY),
    "show_log_proof": Asked(Shopfront.codes, f"{ORDER}/log-proof", SEES),
    # no file of that number is there; who may see one that is, tests/api/test_api_reading.py asks
    "show_reading": Asked(
        Shopfront.in_review, f"{ORDER}/files/1/reading", dict.fromkeys(ROLES, 404) | NOT_SIGNED_IN
    ),
    "show_bundle": Asked(Shopfront.in_review, f"{ORDER}/bundle", SEES),
    "show_my_data": Asked(none, "/me/data", ANY_KEY),
    "create_my_erasure": Asked(
        none,
        "/me/erasure",
        {role: 401 if role in NOT_SIGNED_IN else 202 for role in ROLES},
        lambda _: {"words": "不用了"},
    ),
    "show_retention": Asked(Shopfront.codes, f"{ORDER}/retention", SEES),
    "create_erasure": Asked(
        Shopfront.codes,
        f"{ORDER}/erasures",
        {role: 409 if seen == 200 else seen for role, seen in SEES.items()} | {"reviewer": 403},
        lambda _: {"of": "buyer", "words": "本人要求"},
    ),
    "create_legal_hold": Asked(
        Shopfront.codes, f"{ORDER}/legal-holds", only("operator", 201), lambda _: {"words": "法院调取"}
    ),
    "lift_hold": Asked(
        Shopfront.codes, f"{ORDER}/legal-holds/1/lift", only("operator", 409), lambda _: {"words": "已结案"}
    ),
    "show_report": Asked(none, "/retention", OPERATORS),
    "list_due": Asked(none, "/retention/due", OPERATORS),
    "erase_what_is_due": Asked(none, "/retention/due/erase", OPERATORS | {"operator": 202}, lambda _: {}),
    "show_dossier": Asked(Shopfront.in_review, f"{ORDER}/dossier", SEES),
    "show_dossier_pdf": Asked(Shopfront.in_review, f"{ORDER}/dossier.pdf", SEES),
    "list_events": Asked(Shopfront.codes, f"{ORDER}/events", SEES),
    "confirm_order": Asked(Shopfront.codes, f"{ORDER}/confirm", only("owner", 200)),
    "create_payment": Asked(
        Shopfront.place,
        f"{ORDER}/payments",
        only("owner", 201),
        lambda _: {"channel": "alipay"},
    ),
    "see_units": Asked(Shopfront.codes, f"{ORDER}/units/seen", only("owner", 200)),
    "copy_unit": Asked(shown, f"{UNIT}/copied", only("owner", 200), lambda _: {"part": "secret"}),
    "show_snapshot": Asked(Shopfront.codes, f"{ORDER}/snapshot", SEES),
    "list_receipts": Asked(Shopfront.codes, f"{ORDER}/receipts", SEES),
    "show_life": Asked(Shopfront.codes, "/stock/{code}", SEES | {"owner": 404}),
    "create_payer_account": Asked(
        Shopfront.codes, f"{ORDER}/payer-account", only("operator", 200), lambda _: {"state": "closed"}
    ),
    "report_login": Asked(rented, f"{UNIT}/logins", only("operator", 200), lambda _: {"result": "failed"}),
    "reveal_unit": Asked(Shopfront.codes, f"{ORDER}/units/1/reveal", only("owner", 200)),
    "deliver_unit": Asked(
        Shopfront.pay, f"{ORDER}/units/1/deliver", only("seller", 200), lambda _: {"note": "好了"}
    ),
    "start_work": Asked(Shopfront.pay, f"{UNIT}/start", only("seller", 200), lambda _: {}),
    "report_progress": Asked(
        Shopfront.pay,
        f"{UNIT}/milestones/1/report",
        only("seller", 200),
        lambda _: {"percent": 50, "note": "做了一半", "link": "https://example.com/half"},
    ),
    "answer_progress": Asked(
        reported, f"{UNIT}/milestones/1/answer", only("owner", 200), lambda _: {"percent": 50, "accept": True}
    ),
    "accept_work": Asked(handed_over, f"{UNIT}/accept", only("owner", 200)),
    "stop_work": Asked(reported, f"{UNIT}/stop", only("seller", 200), lambda _: {"note": "病了"}),
    "run_clock": Asked(by_the_hour, f"{UNIT}/clock", only("owner", 200), lambda _: {"act": "start"}),
    "stop_plan": Asked(
        opened,
        f"{UNIT}/membership-stop",
        only("seller", 200) | {"reviewer": 200},
        lambda _: {"by": "provider", "stopped_on": china_day(now()).isoformat(), "note": "官方收回"},
    ),
    "renew_order": Asked(
        renewable, f"{ORDER}/renewal", only("owner", 201), lambda _: {"no_reason_excluded_confirmed": True}
    ),
    "stop_renewal": Asked(renewable, f"{ORDER}/renewal/cancel", only("owner", 200)),
    "list_switches": Asked(none, "/service-switches", OPERATORS),
    "set_switch": Asked(none, "/service-switches/boosting", OPERATORS, lambda _: {"on": False}),
    "create_refund_request": Asked(
        Shopfront.codes,
        f"{ORDER}/refund-requests",
        only("owner", 201),
        lambda _: {"unit": 1, "reason": "no_reason"},
    ),
    "withdraw_case": Asked(Shopfront.in_review, f"{ORDER}/cases/1/withdraw", only("owner", 200)),
    "show_case": Asked(Shopfront.in_review, f"{ORDER}/cases/1", SEES),
    "file_exhibit": Asked(
        Shopfront.in_evidence,
        f"{ORDER}/cases/1/exhibits",
        acting(owner=201, seller=201),
        lambda _: {"type": "statement"},
    ),
    "answer_exhibit": Asked(
        Shopfront.in_evidence,
        f"{ORDER}/cases/1/exhibits/1/answer",
        acting(owner=409, seller=200),
        lambda _: {"answer": "dispute"},
    ),
    "flag_exhibit": Asked(
        Shopfront.in_evidence,
        f"{ORDER}/cases/1/exhibits/1/flag",
        acting(reviewer=200),
        lambda _: {"flag": "tampered"},
    ),
    "submit_evidence": Asked(
        Shopfront.in_evidence, f"{ORDER}/cases/1/submit-evidence", acting(owner=200, seller=409)
    ),
    "make_offer": Asked(
        Shopfront.in_evidence,
        f"{ORDER}/cases/1/offers",
        acting(owner=201, seller=201, reviewer=201),
        lambda _: {"kind": "redo"},
    ),
    "answer_offer": Asked(
        Shopfront.offered,
        f"{ORDER}/cases/1/offers/1/answer",
        acting(owner=200, seller=409),
        lambda _: {"accept": False},
    ),
    # each side may in its time, and then it is done for all: here it is done already
    "call_platform": Asked(
        Shopfront.in_review,
        f"{ORDER}/cases/1/call-platform",
        acting(owner=409, seller=409, reviewer=409),
    ),
    "ask_more": Asked(
        Shopfront.in_review,
        f"{ORDER}/cases/1/ask-more",
        acting(reviewer=200),
        lambda _: {"party": "seller"},
    ),
    "send_to_appraisal": Asked(Shopfront.in_review, f"{ORDER}/cases/1/appraisal", acting(reviewer=200)),
    "assign_appraiser": Asked(
        Shopfront.in_appraisal,
        f"{ORDER}/cases/1/appraisal/assign",
        acting(reviewer=200),
        lambda _: {"appraiser": "{appraiser}"},
    ),
    "accept_appraisal": Asked(
        Shopfront.assigned,
        f"{ORDER}/cases/1/appraisal/accept",
        acting(appraiser=200),
        lambda _: {"has_interest": False},
    ),
    "report_appraisal": Asked(
        Shopfront.accepted,
        f"{ORDER}/cases/1/appraisal/report",
        acting(appraiser=200),
        lambda _: {"finding": "as_described"},
    ),
    "file_appeal": Asked(
        Shopfront.refused,
        f"{ORDER}/cases/1/appeal",
        acting(owner=200, seller=409),
        lambda _: {"words": "有新视频"},
    ),
    "link_complaint": Asked(
        Shopfront.in_review,
        f"{ORDER}/cases/1/complaints",
        acting(reviewer=200),
        lambda _: {"where": "12315", "number": "A-1"},
    ),
    "create_settlement_check": Asked(
        Shopfront.codes,
        f"{ORDER}/settlement-check",
        SEES | {"seller": 403},
    ),
    "create_channel_answer": Asked(
        Shopfront.disputed,
        f"{ORDER}/channel-disputes/1/answer",
        only("operator", 200),
        lambda _: {"words": "已交付"},
    ),
    "list_alarms": Asked(none, "/alarms", dict.fromkeys(ROLES, 403) | NOT_SIGNED_IN | {"operator": 200}),
    "list_order_alarms": Asked(Shopfront.alarming, f"{ORDER}/alarms", only("operator", 200)),
    "create_acknowledgement": Asked(
        Shopfront.alarming,
        f"{ORDER}/alarms/refund_outside/acknowledge",
        only("operator", 200),
        lambda _: {"measure": 100, "words": "核对过"},
    ),
    **MONEY,
    **FILES,
    "create_decision": Asked(
        Shopfront.in_review,
        f"{ORDER}/cases/1/decision",
        only("reviewer", 200),
        lambda order_id: {
            "approve": True,
            "reasons": ["goodwill"],
            "seen_version": version(order_id),
        },
    ),
}


def method_of(operation: str) -> str:
    return {
        described["operationId"]: method.upper()
        for methods in document()["paths"].values()
        for method, described in methods.items()
    }[operation]


def test_the_matrix_asks_every_operation_that_needs_no_signature() -> None:
    operations = {
        described["operationId"] for methods in document()["paths"].values() for described in methods.values()
    }
    assert operations - set(MATRIX) == {"receive_payment_notice", "receive_supplier_notice"}
    assert set(MATRIX) <= operations
    assert {frozenset(asked.expected) for asked in MATRIX.values()} == {frozenset(ROLES)}


@pytest.mark.usefixtures("alipay")
@pytest.mark.parametrize("operation", MATRIX)
def test_each_role_gets_what_it_may_and_nothing_else_changes(
    operation: str, front: Shopfront, caller: Caller
) -> None:
    asked = MATRIX[operation]
    order_id = asked.stage(front)
    sha256 = caller.get("/policies/current").json()["sha256"]
    path = asked.path.format(
        order=order_id,
        listing=front.listings["service"],
        sha256=sha256,
        shop=front.shop,
        code=code_of(order_id) if order_id else "",
    )
    body = asked.body(order_id)
    if isinstance(body, dict):
        names = {"listing": front.listings["service"], "appraiser": front.people["appraiser"]}
        body = {
            name: value.format(**names) if isinstance(value, str) else value for name, value in body.items()
        }
    before = material(order_id) if order_id else 0
    told = {}
    for role in sorted(ROLES, key=lambda role: asked.expected[role] < 300):
        told[role] = caller.send(role, method_of(operation), path, body, new_key()).status_code
        if order_id and told[role] >= 300:
            assert material(order_id) == before, f"{role} changed the order"
    assert told == asked.expected


def test_a_foreign_order_and_an_unknown_one_are_told_apart_by_nobody(
    front: Shopfront, caller: Caller
) -> None:
    foreign, unknown = front.pay(), "01890000-0000-7000-8000-000000000000"
    for path in ("", "/answer", "/units", "/cases", "/events"):
        answers = [caller.get(f"/orders/{order}{path}", "other_buyer") for order in (foreign, unknown)]
        assert answers[0].content == answers[1].content
        assert [answer.status_code for answer in answers] == [404, 404]
    answers = [
        caller.post(f"/orders/{order}/refund-requests", {"unit": 1, "reason": "late"}, "other_buyer")
        for order in (foreign, unknown)
    ]
    assert answers[0].content == answers[1].content
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_shop_is_listed_for_its_members_only(front: Shopfront, caller: Caller) -> None:
    asked = f"/orders?shop={front.shop}"
    told = {role: caller.get(asked, role).status_code for role in ROLES}
    assert told == dict.fromkeys(ROLES, 403) | NOT_SIGNED_IN | {"seller": 200}


def test_a_reviewer_does_not_decide_the_case_of_an_order_of_their_own(
    front: Shopfront, caller: Caller
) -> None:
    order_id = front.pay(buyer="reviewer")
    asked = caller.post(f"/orders/{order_id}/refund-requests", {"unit": 1, "reason": "no_reason"}, "reviewer")
    assert asked.status_code == 201
    body = {"approve": True, "reasons": ["goodwill"], "seen_version": version(order_id)}
    told = caller.post(f"/orders/{order_id}/cases/1/decision", body, "reviewer")
    assert (told.status_code, told.json()["code"]) == (403, "own_case")
