"""What a shop fills in when it hands something over."""

from __future__ import annotations

import re

from django import forms
from django.http import QueryDict

from tuidan.web.shared.key import new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.words import say

NOTE_CHARS_MAX = 500
TRACE_CHARS_MAX = 64
# What somebody else keeps the account of, under a number of its own.
TRACED = frozenset({"top_up", "membership"})
LINK_CHARS_MAX = 300
LINK = re.compile(r"https?://[^\s<>\"']+")


class DeliverForm(forms.Form):
    """The note is the proof of delivery; the progress is asked for services only."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(max_length=NOTE_CHARS_MAX, widget=forms.Textarea(attrs={"rows": 4}))
    progress = forms.IntegerField(min_value=1, max_value=100)

    months = forms.IntegerField(min_value=1)
    trace_no = forms.CharField(max_length=TRACE_CHARS_MAX, required=False)

    def __init__(
        self, goods_kind: str, data: QueryDict | None = None, months: int = 0, milestones: int = 0
    ) -> None:
        """`months` is the plan that was ordered, 0 for none; `milestones` how many the work has, 0 for none."""
        super().__init__(data, initial={"key": new_key(), "progress": 100, "months": months})
        language = current_language()
        self._ask_months(months, language)
        note, progress = self.fields["note"], self.fields["progress"]
        note.label, note.help_text = say("sell.note", language), say("sell.note_hint", language)
        note.error_messages["required"] = say("form.required", language)
        note.error_messages["max_length"] = say("form.too_long", language, n=NOTE_CHARS_MAX)
        progress.label, progress.help_text = (
            say("sell.progress", language),
            say("sell.progress_hint", language),
        )
        bad = say("sell.progress_bad", language)
        progress.error_messages.update(dict.fromkeys(("required", "invalid", "min_value", "max_value"), bad))
        if goods_kind != "service" or milestones:
            del self.fields["progress"]
        trace = self.fields["trace_no"]
        trace.label, trace.help_text = say("sell.trace", language), say("sell.trace_hint", language)
        trace.error_messages["max_length"] = say("form.too_long", language, n=TRACE_CHARS_MAX)
        if goods_kind not in TRACED:
            del self.fields["trace_no"]

    def _ask_months(self, months: int, language: str) -> None:
        """Which plan was opened, where the listing sells one by months (S-104)."""
        if not months:
            del self.fields["months"]
            return
        asked = self.fields["months"] = forms.IntegerField(
            min_value=1, max_value=months, initial=months, required=False
        )
        asked.label = say("plan.opened_months", language)
        asked.help_text = say("plan.opened_months_hint", language, n=months)
        bad = say("plan.opened_months_bad", language, n=months)
        asked.error_messages.update(dict.fromkeys(("invalid", "min_value", "max_value"), bad))


class ReportForm(forms.Form):
    """How far a milestone is, above what was agreed, with words and perhaps a link as proof."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    percent = forms.IntegerField()
    note = forms.CharField(max_length=NOTE_CHARS_MAX, widget=forms.Textarea(attrs={"rows": 4}))
    link = forms.CharField(required=False, max_length=LINK_CHARS_MAX)

    def __init__(self, agreed: int, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": new_key(), "percent": 100})
        language = current_language()
        lowest = min(100, agreed + 1)
        percent = self.fields["percent"] = forms.IntegerField(min_value=lowest, max_value=100)
        percent.label = say("service.percent", language)
        percent.help_text = say("service.percent_hint", language, n=agreed)
        bad = say("service.percent_bad", language, n=lowest)
        percent.error_messages.update(dict.fromkeys(("required", "invalid", "min_value", "max_value"), bad))
        note, link = self.fields["note"], self.fields["link"]
        note.label, note.help_text = say("service.note", language), say("service.note_hint", language)
        note.error_messages["required"] = say("form.required", language)
        note.error_messages["max_length"] = say("form.too_long", language, n=NOTE_CHARS_MAX)
        link.label = say("service.link_field", language) + say("form.optional", language)
        link.help_text = say("service.link_hint", language)
        link.error_messages["max_length"] = say("form.too_long", language, n=LINK_CHARS_MAX)

    def clean_link(self) -> str:
        """An address of the web or nothing: it becomes a link on the buyer's page."""
        link = str(self.cleaned_data["link"]).strip()
        if link and not LINK.fullmatch(link):
            raise forms.ValidationError(say("service.link_bad", current_language()))
        return link


class StopForm(forms.Form):
    """Why the seller will not go on; the buyer reads it."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(max_length=NOTE_CHARS_MAX, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": new_key()})
        language = current_language()
        note = self.fields["note"]
        note.label, note.help_text = (
            say("service.stop_note", language),
            say("service.stop_note_hint", language),
        )
        note.error_messages["required"] = say("form.required", language)
        note.error_messages["max_length"] = say("form.too_long", language, n=NOTE_CHARS_MAX)
