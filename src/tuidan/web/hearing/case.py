"""The page of one case, and the presses on it. Each side sees it with its own words and its own list of acts."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands.hearing import Act, act
from tuidan.commands.upload import UploadRefused, file_with_uploads
from tuidan.domain import commands as c
from tuidan.domain.refusals import Refusal
from tuidan.reads.hearing import HearingView, load_hearing, party_before
from tuidan.reads.lists import cases_for_appraiser
from tuidan.reads.people import appraiser_named, appraisers
from tuidan.reads.upload import files_of
from tuidan.reads.viewer import visible_order
from tuidan.web.hearing.acts import READERS, Mistyped, read_act
from tuidan.web.hearing.case_shown import show_hearing
from tuidan.web.hearing.reading_shown import readings_on
from tuidan.web.hearing.upload_shown import put_files
from tuidan.web.shared.access import appraiser_only, signed_in
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, tell, tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.paging import page_number, pages
from tuidan.web.shared.viewing import person_id, viewer
from tuidan.web.shared.words import say

PICKED_MAX = 20
HOME = {"buyer": "/orders/{id}/", "seller": "/seller/orders/{id}/", "reviewer": "/review/{id}/{n}/"}


def _side(request: HttpRequest, order_id: UUID, n: int) -> tuple[str, c.Actor]:
    """The reader's side of the case and who they act as. Raises Http404 for a stranger."""
    order = visible_order(order_id, viewer(request))
    if order is None or order.case(n) is None:
        raise Http404
    party = party_before(order, n, viewer(request))
    return party, c.Actor(party, order.seller if party == "seller" else str(person_id(request)))


def _view(request: HttpRequest, order_id: UUID, n: int, party: str) -> HearingView:
    view = load_hearing(order_id, n, party, now_of(request))
    if view is None:
        raise Http404
    return view


@signed_in
@require_safe
def case(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """One case as the reader's side sees it."""
    party, _ = _side(request, order_id, n)
    view = _view(request, order_id, n, party)
    shown = show_hearing(view, now_of(request), current_language())
    home = HOME.get(party, "/appraisals/" if party == "appraiser" else "/operator/")
    shown |= {
        "order_id": order_id,
        "n": n,
        "home": home.format(id=order_id, n=n),
        "told": told(request),
        "key": new_key(),
        "appraisers": appraisers() if "assign_appraiser" in view.actions else [],
        "path": f"/cases/{order_id}/{n}/",
    }
    files = files_of(order_id, viewer(request))
    kinds = {exhibit.n: exhibit.type for exhibit in view.exhibits}
    readings, shown["ticks"] = readings_on(
        order_id, files, viewer(request), now_of(request), kinds, current_language()
    )
    put_files(shown, files, order_id, n, readings)
    return render(request, "hearing/case.html", shown)


@signed_in
@require_POST
def press(request: HttpRequest, order_id: UUID, n: int, action: str) -> HttpResponse:
    """One act in a case; what it did, or why not, is told on the page that follows."""
    if action not in READERS:
        raise Http404
    party, actor = _side(request, order_id, n)
    if party == "operator":
        raise Http404  # who runs the platform looks, and decides no case
    path = f"/cases/{order_id}/{n}/"
    try:
        command = read_act(action, n, request.POST)
    except Mistyped as mistyped:
        tell(request, Notice("loss", say(str(mistyped), current_language())))
        return HttpResponseRedirect(path)
    if isinstance(command, c.AssignAppraiser) and not appraiser_named(UUID(command.appraiser), order_id):
        tell(request, Notice("loss", say("hearing.appraiser_missing", current_language())))
        return HttpResponseRedirect(path)
    words = str(request.POST.get("words", ""))
    refusal = _carry_out(request, order_id, actor, command, words)
    tell_outcome(request, refusal, "hearing.done")
    return HttpResponseRedirect(path)


def _carry_out(
    request: HttpRequest, order_id: UUID, actor: c.Actor, command: Act, words: str
) -> Refusal | None:
    """Do it; evidence with the uploaded files that were picked. Gives the refusal, if there was one."""
    key, now = key_of(request), now_of(request)
    if not isinstance(command, c.FileExhibit):
        return act(order_id, actor, command, key, now, words).refusal
    picked = tuple(int(n) for n in request.POST.getlist("file")[:PICKED_MAX] if n.isdecimal() and len(n) < 9)
    try:
        return file_with_uploads(order_id, actor, command, picked, key, now, words).refusal
    except UploadRefused as refused:
        return refused.refusal


@appraiser_only
@require_safe
def appraisals(request: HttpRequest) -> HttpResponse:
    """What the reader is to appraise, the least time left first."""
    page = page_number(request)
    rows = cases_for_appraiser(person_id(request), page)
    shown = {"rows": rows, "pages": pages(page, len(rows)), "told": told(request)}
    return render(request, "hearing/appraisals.html", shown)
