"""A reviewer's judgement: an outcome, an amount where it is partial, a reason from the list, and what was seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from tuidan.domain.commands import DecideCase
from tuidan.domain.dispute import APPROVING, REJECTING
from tuidan.web.shared.key import new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.money import read_yuan, yuan
from tuidan.web.shared.words import say

OUTCOMES = ("approve_full", "approve_part", "reject")


class DecideForm(forms.Form):
    """`seen_version` is the order's version that the page showed; a later one is refused, not overwritten."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    amount = forms.CharField(required=False, max_length=16)
    reason = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(
        self, left_fen: int, asked_fen: int, seen_version: int, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial={"key": new_key(), "seen_version": seen_version})
        language = current_language()
        self.left_fen = left_fen
        outcome, reason, amount = self.fields["outcome"], self.fields["reason"], self.fields["amount"]
        assert isinstance(outcome, forms.ChoiceField)
        assert isinstance(reason, forms.ChoiceField)
        outcome.label, reason.label = say("review.choice", language), say("review.reason", language)
        full = say("review.approve_full", language, amount=yuan(asked_fen))
        words = (full, say("review.approve_part", language), say("review.reject", language))
        outcome.choices = list(zip(OUTCOMES, words, strict=True))
        reason.choices = [(code, say(f"ruling.{code}", language)) for code in (*APPROVING, *REJECTING)]
        reason.help_text = say("review.reason_hint", language)
        for field in (outcome, reason):
            missing = say("form.choose", language)
            field.error_messages.update({"required": missing, "invalid_choice": missing})
        amount.label = say("review.amount", language)
        amount.help_text = say("review.amount_hint", language, amount=yuan(left_fen))
        self.asked_fen = asked_fen

    def clean(self) -> dict[str, Any]:
        """The amount belongs to a partial refund, the reason to the side it is on."""
        data: dict[str, Any] = self.cleaned_data
        language = current_language()
        outcome, reason = data.get("outcome"), data.get("reason")
        if outcome == "approve_part":
            fen = read_yuan(str(data.get("amount", "")))
            if fen is None or not 0 < fen <= self.left_fen:
                self.add_error("amount", say("refund.amount_bad", language, amount=yuan(self.left_fen)))
            data["amount_fen"] = fen
        if outcome and reason and (reason in REJECTING) != (outcome == "reject"):
            self.add_error("reason", say("review.reason_side", language))
        return data

    def judgement(self, case: int) -> DecideCase:
        """The command; only after `is_valid`."""
        data = self.cleaned_data
        outcome = data["outcome"]
        amount_fen = {"approve_full": self.asked_fen, "approve_part": data.get("amount_fen"), "reject": 0}[
            outcome
        ]
        return DecideCase(case, outcome != "reject", amount_fen or 0, (data["reason"],), data["seen_version"])

    def again(self, seen_version: int) -> DecideForm:
        """The same judgement to be looked at again: what was filled in, on the version that is shown now."""
        data = QueryDict(mutable=True)
        for name in self.data:
            data[name] = self.data[name]
        data["key"], data["seen_version"] = new_key(), str(seen_version)
        form = DecideForm(self.left_fen, self.asked_fen, seen_version, data)
        form.full_clean()
        return form
