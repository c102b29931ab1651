"""Addresses of the operators' pages."""

from django.urls import URLPattern, path

from tuidan.web.operator import health

urlpatterns: list[URLPattern] = [
    path("operator/", health.health, name="operator"),
]
