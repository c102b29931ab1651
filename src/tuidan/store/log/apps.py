"""The app of the log that strangers verify."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "tuidan.store.log"
    label = "log"
    default_auto_field = "django.db.models.BigAutoField"
