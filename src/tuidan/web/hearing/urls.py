"""Addresses of the page of a case, and of an appraiser's list."""

from django.urls import URLPattern, path

from tuidan.web.hearing import case

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:order_id>/<int:n>/", case.case, name="hearing"),
    path("cases/<uuid:order_id>/<int:n>/<slug:action>/", case.press, name="hearing-act"),
    path("appraisals/", case.appraisals, name="appraisals"),
]
