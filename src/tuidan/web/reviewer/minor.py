"""A reviewer's finding about a minor: filled in after reading the papers; the rules decide on it (R16)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tuidan.commands.minor import record_minor_finding
from tuidan.domain import commands as c
from tuidan.web.shared.access import reviewer_only
from tuidan.web.shared.key import new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import refusal_notice, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import person_id, reviewed_order
from tuidan.web.shared.words import say

WORDS_MAX = 500
FIELDS = ("is_minor", "age", "own_income", "face_verified", "ratified", "share", "words")


class MinorForm(forms.Form):
    """What was found. Nothing is ticked beforehand."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_minor = forms.BooleanField(required=False)
    age = forms.IntegerField(min_value=-1, max_value=120)
    own_income = forms.BooleanField(required=False)
    face_verified = forms.BooleanField(required=False)
    ratified = forms.BooleanField(required=False)
    share = forms.IntegerField(min_value=0, max_value=70)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=WORDS_MAX)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": new_key(), "share": 0})
        for name in FIELDS:
            self.fields[name].label = say(f"minor.{name}", current_language())

    def finding(self, case: int) -> c.RecordMinorFinding:
        """The command; only after `is_valid`."""
        told = self.cleaned_data
        return c.RecordMinorFinding(
            case,
            told["is_minor"],
            told["age"],
            told["own_income"],
            told["face_verified"],
            told["ratified"],
            told["share"],
        )


@reviewer_only
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Fill a finding in. Raises Http404 where the order has no such case, or it is the reviewer's own order."""
    order = reviewed_order(request, order_id)
    if not 1 <= n <= len(order.cases) or order.buyer_id == person_id(request):
        raise Http404
    form = MinorForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        words, key = form.cleaned_data["words"], form.cleaned_data["key"]
        outcome = record_minor_finding(
            order_id, person_id(request), form.finding(n), words, key, now_of(request)
        )
        if outcome.ok:
            tell_outcome(request, None, "minor.done")
            return HttpResponseRedirect(f"/review/{order_id}/{n}/")
        refusal = outcome.refusal
    shown = {
        "o": order,
        "n": n,
        "title": title_of(order),
        "form": form,
        "refused": refusal_notice(refusal) if refusal else None,
    }
    return render(request, "reviewer/minor.html", shown)
