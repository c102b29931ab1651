"""The shop window and one listing: what is on sale and what a refund would look like, before any payment."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads import shop as reads
from tuidan.reads.policy import coming_version
from tuidan.reads.rules import rules_in_force
from tuidan.web.buyer.listing_shown import ListingShown, show_listing, terms_line
from tuidan.web.shared.language import current_language
from tuidan.web.shared.now import now_of
from tuidan.web.shared.titles import title_of

KINDS = ("card_code", "top_up", "membership", "service")
WORDS_MAX = 60


@require_safe
def window(request: HttpRequest) -> HttpResponse:
    """All listings, by words and by kind."""
    words = request.GET.get("q", "").strip()[:WORDS_MAX]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    policy, _ = rules_in_force(now_of(request))
    language = current_language()
    cards = [
        {"l": record, "title": title_of(record), "terms_line": terms_line(record, policy, language)}
        for record in reads.browse(words, kind)
    ]
    shown = {
        "q": words,
        "kind": kind,
        "kinds": KINDS,
        "cards": cards,
        "coming": coming_version(now_of(request)),
    }
    return render(request, "buyer/shop.html", shown)


def find(request: HttpRequest, listing_id: UUID) -> ListingShown:
    """The listing ready to show. Raises Http404 when it is not on sale."""
    view = reads.show_listing(listing_id, now_of(request))
    if view is None:
        raise Http404
    policy, _ = rules_in_force(now_of(request))
    return show_listing(view, policy, current_language(), now_of(request))


@require_safe
def listing(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """One listing."""
    found = find(request, listing_id)
    variants = [
        {
            "id": each.id,
            "title": title_of(each),
            "duration_days": each.duration_days,
            "price_fen": each.price_fen,
        }
        for each in reads.variants(listing_id)
    ]
    return render(request, "buyer/listing.html", {"l": found, "variants": variants})
