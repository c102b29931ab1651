"""The app of uploaded files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tuidan.store.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
