"""The app of what the product watches about itself; nothing here is evidence, all of it may be dropped."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "tuidan.store.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"
