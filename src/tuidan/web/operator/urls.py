"""Addresses of the operators' pages."""

from django.urls import URLPattern, path

from tuidan.web.operator import (
    alarm,
    health,
    payer_account,
    payout,
    policy,
    policy_publish,
    retention,
    seller_account,
    service,
)

urlpatterns: list[URLPattern] = [
    path("operator/", health.health, name="operator"),
    path("operator/orders/<uuid:order_id>/", alarm.order, name="operator-order"),
    path("operator/orders/<uuid:order_id>/alarm/", alarm.acknowledge, name="alarm-acknowledge"),
    path(
        "operator/orders/<uuid:order_id>/channel-disputes/<int:n>/answer/",
        alarm.answer,
        name="channel-answer",
    ),
    path("operator/orders/<uuid:order_id>/payouts/<int:n>/<slug:act>/", payout.step, name="payout-step"),
    path("operator/orders/<uuid:order_id>/refunds/<int:n>/recall/", payout.recall, name="recall"),
    path("operator/orders/<uuid:order_id>/recalls/<int:n>/repaid/", payout.repaid, name="repaid"),
    path("operator/orders/<uuid:order_id>/payer-account/", payer_account.record, name="payer-account"),
    path("operator/money/", seller_account.money, name="money"),
    path("operator/money/limit/", seller_account.limit, name="fund-limit"),
    path("operator/sellers/<uuid:shop_id>/", seller_account.seller, name="seller-account"),
    path("operator/sellers/<uuid:shop_id>/<slug:act>/", seller_account.record, name="seller-record"),
    path("operator/retention/", retention.retention, name="retention"),
    path("operator/retention/hold/", retention.hold, name="retention-hold"),
    path("operator/retention/<uuid:order_id>/holds/<int:n>/lift/", retention.lift, name="retention-lift"),
    path("operator/retention/erase/", retention.erase, name="retention-erase"),
    path("operator/services/", service.switches, name="switches"),
    path("operator/policies/", policy.policies, name="policies"),
    path("operator/policies/import/", policy.import_draft, name="policy-import"),
    path("operator/policies/<str:sha256>.json", policy.export, name="policy-export"),
    path("operator/policies/<str:sha256>/", policy.policy, name="policy"),
    path("operator/policies/<str:sha256>/examples/", policy.give_examples, name="policy-examples"),
    path("operator/policies/<str:sha256>/replay/", policy.run_replay, name="policy-replay"),
    path("operator/policies/<str:sha256>/publish/", policy_publish.publish, name="policy-publish"),
    path("operator/policies/<str:sha256>/withdraw/", policy_publish.withdraw, name="policy-withdraw"),
    path("operator/policies/<str:sha256>/drop/", policy.drop, name="policy-drop"),
]
