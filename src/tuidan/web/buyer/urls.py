"""Addresses of the buyer's pages."""

from django.urls import URLPattern, path

from tuidan.web.buyer import (
    channel_dispute,
    checkout,
    delivery,
    dispute,
    order,
    payment,
    payout,
    person,
    renewal,
    retention,
    service,
    shop,
    talk,
)

urlpatterns: list[URLPattern] = [
    path("", shop.window, name="shop"),
    path("listings/<uuid:listing_id>/", shop.listing, name="listing"),
    path("listings/<uuid:listing_id>/checkout/", checkout.checkout, name="checkout"),
    path("register/", person.register, name="register"),
    path("me/data/", retention.my_data, name="my-data"),
    path("me/data.json", retention.export, name="my-data-export"),
    path("me/data/erase/", retention.erase, name="my-data-erase"),
    path("orders/", order.orders, name="orders"),
    path("orders/<uuid:order_id>/", order.order, name="order"),
    path("orders/<uuid:order_id>/state/", order.state, name="order-state"),
    path("orders/<uuid:order_id>/confirm/", order.confirm, name="order-confirm"),
    path(
        "orders/<uuid:order_id>/settlement-check/", channel_dispute.settlement_check, name="settlement-check"
    ),
    path("orders/<uuid:order_id>/talk/", talk.talk, name="talk"),
    path("orders/<uuid:order_id>/talk/copy/", talk.copy, name="talk-copy"),
    path("orders/<uuid:order_id>/units/<int:n>/question/<slug:template>/", talk.question, name="question"),
    path("orders/<uuid:order_id>/units/<int:n>/agreement/", talk.accept, name="agreement"),
    path("orders/<uuid:order_id>/pay/", payment.pay, name="pay"),
    path("orders/<uuid:order_id>/pay/state/", payment.state, name="pay-state"),
    path("orders/<uuid:order_id>/units/<int:n>/reveal/", delivery.reveal, name="reveal"),
    path("orders/<uuid:order_id>/units/<int:n>/copied/", delivery.copied, name="copied"),
    path(
        "orders/<uuid:order_id>/units/<int:n>/milestones/<int:place>/", service.answer, name="progress-answer"
    ),
    path("orders/<uuid:order_id>/units/<int:n>/accept/", service.accept, name="work-accept"),
    path("orders/<uuid:order_id>/units/<int:n>/clock/", service.clock, name="clock"),
    path("orders/<uuid:order_id>/renewal/", renewal.renew, name="renewal"),
    path("orders/<uuid:order_id>/renewal/cancel/", renewal.cancel, name="renewal-cancel"),
    path("orders/<uuid:order_id>/payouts/<int:n>/consent/", payout.consent, name="payout-consent"),
    path("orders/<uuid:order_id>/units/<int:n>/refund/", dispute.ask, name="refund-ask"),
    path("orders/<uuid:order_id>/units/<int:n>/refund-now/", dispute.ask_now, name="refund-now"),
    path("orders/<uuid:order_id>/cases/<int:case>/withdraw/", dispute.withdraw, name="refund-withdraw"),
]
