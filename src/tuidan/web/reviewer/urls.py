"""Addresses of the reviewers' pages."""

from django.urls import URLPattern, path

from tuidan.web.reviewer import dispute, membership

urlpatterns: list[URLPattern] = [
    path("review/", dispute.queue, name="review"),
    path("review/<uuid:order_id>/<int:n>/", dispute.case, name="review-case"),
    path("review/<uuid:order_id>/units/<int:n>/membership-stop/", membership.stop, name="review-plan-stop"),
]
