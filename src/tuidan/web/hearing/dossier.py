"""The dossier of an order: a page to print, the PDF, the complaint to paste, and where else one may go."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.connectors.typesetters.pdf import TypesetterBusy, can_typeset, typeset
from tuidan.domain.dossier.record import Dossier
from tuidan.reads.dossier import read_dossier
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.dossier_text import document, write
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, tell, told
from tuidan.web.shared.viewing import viewer
from tuidan.web.shared.words import LANGUAGES, say

HOME = {
    "buyer": "/orders/{id}/",
    "seller": "/seller/orders/{id}/",
    "reviewer": "/review/",
    "operator": "/operator/orders/{id}/",
}
PLACES = ("12315", "channel", "association", "court")


def _dossier(request: HttpRequest, order_id: UUID) -> Dossier:
    """The reader's own dossier, about the request in the address. Raises Http404 for who has no part in it."""
    named = request.GET.get("case", "0")
    case = int(named) if named.isdecimal() and len(named) < 6 else -1
    found = read_dossier(order_id, viewer(request), settings.PUBLIC_URL, case)
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def dossier(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The dossier as a page that prints well, for whoever has no PDF or wants none."""
    found = _dossier(request, order_id)
    language = current_language()
    written = write(found, language)
    shown = {
        "doc": written.document,
        "complaint": written.complaint,
        "can_complain": found.reader != "seller",
        "others": [{name: say(f"place.{place}{end}", language) for name, end in _PARTS} for place in PLACES],
        "pdf": f"/orders/{order_id}/dossier.pdf?lang={language}&case={found.demand.case}",
        "pdf_other": f"/orders/{order_id}/dossier.pdf?lang={_other(language)}&case={found.demand.case}",
        "can_pdf": can_typeset(),
        "home": HOME[found.reader].format(id=order_id),
        "told": told(request),
    }
    return render(request, "hearing/dossier.html", shown)


_PARTS = (("title", ""), ("body", ".body"), ("source", ".source"))


def _other(language: str) -> str:
    return "en" if language == "zh" else "zh"


@signed_in
@require_safe
def pdf(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The dossier as PDF/A-2b. Without the typesetter, or while it is busy, the page to print is shown instead."""
    found = _dossier(request, order_id)
    language = request.GET.get("lang", "")
    language = language if language in LANGUAGES else current_language()
    page = f"/orders/{order_id}/dossier/?case={found.demand.case}"
    if not can_typeset():
        tell(request, Notice("loss", say("dossier.no_pdf", current_language())))
        return HttpResponseRedirect(page)
    try:
        body = typeset(document(found, language))
    except TypesetterBusy:
        tell(request, Notice("loss", say("dossier.busy", current_language())))
        return HttpResponseRedirect(page)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="dossier-{found.order_id}-{language}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
