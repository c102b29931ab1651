"""What a shop fills in when it hands something over."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from tuidan.web.shared.key import new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.words import say

NOTE_CHARS_MAX = 500


class DeliverForm(forms.Form):
    """The note is the proof of delivery; the progress is asked for services only."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(max_length=NOTE_CHARS_MAX, widget=forms.Textarea(attrs={"rows": 4}))
    progress = forms.IntegerField(min_value=1, max_value=100)

    def __init__(self, goods_kind: str, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": new_key(), "progress": 100})
        language = current_language()
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
        if goods_kind != "service":
            del self.fields["progress"]
