"""The app of people, shops, listings and policy versions, the same on every node."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "tuidan.store.shared"
    label = "shared"
    default_auto_field = "django.db.models.BigAutoField"
