"""The form in which a shop or a reviewer notes that a membership ended early: by whom, when, and what happened."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import QueryDict

from tuidan.web.shared.key import new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.words import say

NOTE_CHARS_MAX = 500


class MembershipStopForm(forms.Form):
    """`causes` are those that this reader may name."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    by = forms.ChoiceField(widget=forms.RadioSelect)
    stopped_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(max_length=NOTE_CHARS_MAX, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, causes: tuple[str, ...], today: date, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": new_key(), "stopped_on": today.isoformat()})
        language = current_language()
        by, day, note = self.fields["by"], self.fields["stopped_on"], self.fields["note"]
        assert isinstance(by, forms.ChoiceField)
        by.label = say("plan.stop_by", language)
        by.choices = [(cause, say(f"plan.stop_by.{cause}", language)) for cause in causes]
        choose = say("form.choose", language)
        by.error_messages = {"required": choose, "invalid_choice": choose}
        day.label = say("plan.stop_day", language)
        bad = say("plan.stop_day_bad", language)
        day.error_messages = {"required": bad, "invalid": bad}
        note.label, note.help_text = say("plan.stop_note", language), say("service.stop_note_hint", language)
        note.error_messages["required"] = say("form.required", language)
        note.error_messages["max_length"] = say("form.too_long", language, n=NOTE_CHARS_MAX)
