"""Addresses of the shop's pages."""

from django.urls import URLPattern, path

from tuidan.web.seller import delivery

urlpatterns: list[URLPattern] = [
    path("seller/", delivery.to_deliver, name="to-deliver"),
    path("seller/orders/", delivery.sales, name="sales"),
    path("seller/orders/<uuid:order_id>/", delivery.order, name="sale"),
    path("seller/orders/<uuid:order_id>/units/<int:n>/deliver/", delivery.deliver, name="deliver"),
]
