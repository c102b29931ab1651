"""Every address of the product: pages of the consoles, the machines' API, and the life sign for operators."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def alive(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. It asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", alive, name="alive"),
    path("api/", include("tuidan.api.urls")),
    path("", include("tuidan.web.shared.urls")),
    path("", include("tuidan.web.buyer.urls")),
    path("", include("tuidan.web.seller.urls")),
    path("", include("tuidan.web.reviewer.urls")),
    path("", include("tuidan.web.hearing.urls")),
    path("", include("tuidan.web.operator.urls")),
    path("", include("tuidan.web.record.urls")),
    path("", include("tuidan.web.log.urls")),
]

handler400 = "tuidan.web.shared.errors.bad_request"
handler403 = "tuidan.web.shared.errors.forbidden"
handler404 = "tuidan.web.shared.errors.not_found"
handler500 = "tuidan.web.shared.errors.server_error"
