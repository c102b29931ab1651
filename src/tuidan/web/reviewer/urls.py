"""Addresses of the reviewers' pages."""

from django.urls import URLPattern, path

from tuidan.web.reviewer import dispute, membership, minor, talk

urlpatterns: list[URLPattern] = [
    path("review/", dispute.queue, name="review"),
    path("review/<uuid:order_id>/talk/", talk.talk, name="review-talk"),
    path("review/<uuid:order_id>/talk/copy/", talk.copy, name="review-talk-copy"),
    path("review/<uuid:order_id>/<int:n>/", dispute.case, name="review-case"),
    path("review/<uuid:order_id>/<int:n>/minor/", minor.finding, name="minor-finding"),
    path("review/<uuid:order_id>/units/<int:n>/membership-stop/", membership.stop, name="review-plan-stop"),
]
