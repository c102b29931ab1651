"""Addresses of the log; everything but the page itself is for programs."""

from django.urls import URLPattern, path

from tuidan.web.log import machine, page, watched

urlpatterns: list[URLPattern] = [
    path("log/", page.page, name="log"),
    path("log/checkpoint", machine.checkpoint, name="log-checkpoint"),
    path("log/checkpoint/<int:size>", machine.checkpoint_at, name="log-checkpoint-at"),
    path("log/tile/<path:address>", machine.tile, name="log-tile"),
    path("log/keys", machine.keys, name="log-keys"),
    path("log/keys/<int:n>.pem", machine.key_pem, name="log-key-pem"),
    path("log/keys/<int:n>", machine.handover, name="log-handover"),
    path("log/policy", watched.policy, name="log-policy"),
    path("log/stamped/<slug:part>", watched.stamped, name="log-stamped"),
    path("log/consistency/<int:first>/<int:second>", machine.consistency, name="log-consistency"),
    path("log/orders/<uuid:order_id>/proof", machine.order_proof, name="log-order-proof"),
    path("log/orders/<uuid:order_id>/entry", machine.order_entry, name="log-order-entry"),
]
