"""The app of lists and queues, which may be dropped and rebuilt."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "tuidan.store.boards"
    label = "boards"
    default_auto_field = "django.db.models.BigAutoField"
