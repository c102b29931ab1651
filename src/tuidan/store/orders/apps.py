"""The app of everything that belongs to one order, spread by order_id."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "tuidan.store.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"
