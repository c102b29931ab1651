"""The dossier of an order: as data with its words, as PDF, and the short complaint text."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_dossier as out
from tuidan.api.auth import caller_of
from tuidan.api.problems import Problem
from tuidan.connectors.typesetters.pdf import NoTypesetter, TypesetterBusy, typeset
from tuidan.domain.dossier.record import Dossier
from tuidan.reads.dossier import read_dossier, written

router = Router(tags=["dossier"])
Language = Literal["zh", "en"]
CASES_MAX = 10_000


def _dossier(request: HttpRequest, order_id: UUID, case: int) -> Dossier:
    found = read_dossier(order_id, caller_of(request).viewer, settings.PUBLIC_URL, min(case, CASES_MAX))
    if found is None:
        raise Problem("not_found")
    return found


@router.get("/{uuid:order_id}/dossier", response=out.DossierTold, summary="The dossier of an order")
def show_dossier(
    request: HttpRequest, order_id: UUID, lang: Language = "zh", case: int = 0
) -> dict[str, object]:
    """For its parties, reviewers and operators, each with what they may know; `case` 0 is the open or last request."""
    found = _dossier(request, order_id, case)
    text = written(found, lang)
    names = (
        "order_id",
        "reader",
        "version",
        "head",
        "as_of",
        "status",
        "parties",
        "amounts",
        "demand",
        "laws",
    )
    told: dict[str, object] = {name: getattr(found, name) for name in names}
    told |= {"facts": found.facts, "annexes": found.annexes, "proof": found.proof}
    return told | {"language": lang, "complaint": text.complaint, "document": text.document}


@router.get("/{uuid:order_id}/dossier.pdf", summary="The dossier as PDF/A-2b")
def show_dossier_pdf(
    request: HttpRequest, order_id: UUID, lang: Language = "zh", case: int = 0
) -> HttpResponse:
    """Byte for byte the same while nothing happens to the order."""
    found = _dossier(request, order_id, case)
    try:
        body = typeset(written(found, lang).document)
    except NoTypesetter:
        raise Problem("pdf_unavailable") from None
    except TypesetterBusy:
        raise Problem("busy") from None
    return HttpResponse(body, content_type="application/pdf")
