"""Addresses of the page of a case, and of an appraiser's list."""

from django.urls import URLPattern, path

from tuidan.web.hearing import case, dossier, file, reading, upload

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:order_id>/<int:n>/", case.case, name="hearing"),
    path("cases/<uuid:order_id>/<int:n>/files/", upload.files, name="files"),
    path("cases/<uuid:order_id>/<int:n>/files/begin/", upload.begin, name="upload-begin"),
    path("files/<uuid:order_id>/<int:n>/", file.copy, name="file"),
    path("files/<uuid:order_id>/<int:n>/original/", file.original, name="file-original"),
    path("files/<uuid:order_id>/<int:n>/small/", file.small, name="file-small"),
    path("files/<uuid:order_id>/<int:n>/frames/<int:frame>/", file.small, name="file-frame"),
    path("files/<uuid:order_id>/<int:n>/reading/", reading.reading, name="file-reading"),
    path("files/<uuid:order_id>/<int:n>/pieces/", upload.piece, name="upload-piece"),
    path("files/<uuid:order_id>/<int:n>/finish/", upload.finish, name="upload-finish"),
    path("files/<uuid:order_id>/<int:n>/drop/", upload.drop, name="upload-drop"),
    path("cases/<uuid:order_id>/<int:n>/<slug:action>/", case.press, name="hearing-act"),
    path("orders/<uuid:order_id>/dossier/", dossier.dossier, name="dossier"),
    path("orders/<uuid:order_id>/dossier.pdf", dossier.pdf, name="dossier-pdf"),
    path("appraisals/", case.appraisals, name="appraisals"),
]
