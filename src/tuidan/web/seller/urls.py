"""Addresses of the shop's pages."""

from django.urls import URLPattern, path

from tuidan.web.seller import account, cases, delivery, membership, service, talk

urlpatterns: list[URLPattern] = [
    path("seller/", delivery.to_deliver, name="to-deliver"),
    path("seller/account/", account.account, name="my-account"),
    path("seller/cases/", cases.cases, name="seller-cases"),
    path("seller/questions/", talk.questions, name="questions"),
    path("seller/orders/<uuid:order_id>/talk/", talk.talk, name="seller-talk"),
    path("seller/orders/<uuid:order_id>/talk/copy/", talk.copy, name="seller-talk-copy"),
    path("seller/orders/<uuid:order_id>/contact/", talk.answer, name="contact-answer"),
    path("seller/orders/", delivery.sales, name="sales"),
    path("seller/orders/<uuid:order_id>/", delivery.order, name="sale"),
    path("seller/orders/<uuid:order_id>/units/<int:n>/deliver/", delivery.deliver, name="deliver"),
    path("seller/orders/<uuid:order_id>/units/<int:n>/start/", service.start, name="work-start"),
    path(
        "seller/orders/<uuid:order_id>/units/<int:n>/milestones/<int:place>/",
        service.report,
        name="progress-report",
    ),
    path("seller/orders/<uuid:order_id>/units/<int:n>/stop/", service.stop, name="work-stop"),
    path("seller/orders/<uuid:order_id>/units/<int:n>/clock-stop/", service.stop_clock, name="clock-stop"),
    path("seller/orders/<uuid:order_id>/units/<int:n>/membership-stop/", membership.stop, name="plan-stop"),
]
