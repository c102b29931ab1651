"""The app of the books beside the orders."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "tuidan.store.books"
    label = "books"
    default_auto_field = "django.db.models.BigAutoField"
