"""Addresses of the page of a case, and of an appraiser's list."""

from django.urls import URLPattern, path

from tuidan.web.hearing import case, dossier

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:order_id>/<int:n>/", case.case, name="hearing"),
    path("cases/<uuid:order_id>/<int:n>/<slug:action>/", case.press, name="hearing-act"),
    path("orders/<uuid:order_id>/dossier/", dossier.dossier, name="dossier"),
    path("orders/<uuid:order_id>/dossier.pdf", dossier.pdf, name="dossier-pdf"),
    path("appraisals/", case.appraisals, name="appraisals"),
]
