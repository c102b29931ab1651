"""Listings on sale, for anyone: no key is needed to look."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints

from tuidan.api import shapes_out as out
from tuidan.api.gate import now
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import NO_CONTROLS
from tuidan.reads.shop import ListingView, browse, show_listing

router = Router(tags=["listings"])
SearchWords = Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROLS)]
GoodsKind = Annotated[str, StringConstraints(pattern=r"^(card_code|top_up|membership|service)?$")]


@router.get("", response=out.ListingsTold, summary="Listings on sale", auth=None)
def list_listings(
    request: HttpRequest, words: SearchWords = "", goods_kind: GoodsKind = ""
) -> dict[str, object]:
    """Newest first, at most 100; `words` are looked for in titles and specification."""
    return {"listings": browse(words, goods_kind)}


@router.get("/{uuid:listing_id}", response=out.OfferTold, summary="One listing", auth=None)
def show_one_listing(request: HttpRequest, listing_id: UUID) -> ListingView:
    """With stock, and the windows of the policy that an order placed now would be pinned to."""
    found = show_listing(listing_id, now())
    if found is None:
        raise Problem("not_found")
    return found
