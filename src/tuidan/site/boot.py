"""Load Django once, before anything that has models is imported. Import this first in every entry point."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuidan.site.settings")
django.setup()
