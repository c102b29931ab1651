"""What an operator fills in about a policy: a file, and the terms of publishing with a second confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from tuidan.domain.policy.life import NOTICE_DAYS_MAX, Publication, earliest_effect
from tuidan.web.shared.language import current_language
from tuidan.web.shared.words import say


class FileForm(forms.Form):
    """One file of at most `bytes_max`."""

    file = forms.FileField(widget=forms.FileInput)

    def __init__(self, bytes_max: int, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        language = current_language()
        self.bytes_max = bytes_max
        field = self.fields["file"]
        field.label = say("policies.file", language)
        missing = say("policies.file_missing", language)
        field.error_messages.update(dict.fromkeys(("required", "invalid", "missing", "empty"), missing))

    def clean_file(self) -> UploadedFile:
        """Refuse a large file before it is read."""
        found: UploadedFile = self.cleaned_data["file"]
        if found.size is None or found.size > self.bytes_max:
            raise forms.ValidationError(say("policies.file_large", current_language()))
        return found

    def content(self) -> bytes:
        """The bytes; only after `is_valid`."""
        found: UploadedFile = self.cleaned_data["file"]
        return found.read()


class PublishForm(forms.Form):
    """Days of notice, a large effect, rows accepted without a test case; and the version written again."""

    days = forms.IntegerField(min_value=1, max_value=NOTICE_DAYS_MAX)
    major = forms.BooleanField(required=False)
    accept = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    seen_n = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    confirm = forms.CharField(required=False, max_length=40)

    def __init__(
        self, days_min: int, seen_n: int, uncovered: Sequence[str], data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial={"days": days_min, "seen_n": seen_n})
        language = current_language()
        self.days_min = days_min
        days, accept = self.fields["days"], self.fields["accept"]
        assert isinstance(accept, forms.MultipleChoiceField)
        days.label, days.help_text = say("policies.days", language), say("policies.days_hint", language)
        bad = say("policies.days_bad", language, low=1, high=NOTICE_DAYS_MAX)
        days.error_messages.update(dict.fromkeys(("required", "invalid", "min_value", "max_value"), bad))
        accept.choices = [(row, row) for row in uncovered]
        accept.label = say("policies.accept", language)
        self.fields["major"].label = say("policies.major", language)
        self.fields["confirm"].label = say("policies.confirm", language)

    def publication(self, now: datetime) -> Publication:
        """What is asked; only after `is_valid`."""
        data = self.cleaned_data
        return Publication(
            earliest_effect(now, data["days"]), frozenset(data["accept"]), data["major"], self.days_min
        )
