"""Addresses of what the platform keeps by itself: the snapshot, receipts, the life of a code."""

from django.urls import URLPattern, path

from tuidan.web.record import code_life, receipt, snapshot

urlpatterns: list[URLPattern] = [
    path("orders/<uuid:order_id>/snapshot/", snapshot.snapshot, name="snapshot"),
    path("orders/<uuid:order_id>/snapshot.json", snapshot.body, name="snapshot-body"),
    path("orders/<uuid:order_id>/receipts/<slug:name>/", receipt.receipt, name="receipt"),
    path("orders/<uuid:order_id>/receipts/<slug:name>.txt", receipt.note, name="receipt-note"),
    path("stock/<uuid:listing_id>/<uuid:code_id>/", code_life.life, name="code-life"),
]
