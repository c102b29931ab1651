"""The app of readings."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "tuidan.store.readings"
    label = "readings"
    default_auto_field = "django.db.models.BigAutoField"
