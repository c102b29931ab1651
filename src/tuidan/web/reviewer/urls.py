"""Addresses of the reviewers' pages."""

from django.urls import URLPattern, path

from tuidan.web.reviewer import dispute

urlpatterns: list[URLPattern] = [
    path("review/", dispute.queue, name="review"),
    path("review/<uuid:order_id>/<int:n>/", dispute.case, name="review-case"),
]
