"""The stock app: card codes, spread by the listing they belong to."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "tuidan.store.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
