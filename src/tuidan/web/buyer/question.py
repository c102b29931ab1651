"""A question to the seller made from facts (S-051, S-052): the form for what only the buyer knows, and its words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from tuidan.reads.records import OrderView, UnitView
from tuidan.web.shared.key import new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.money import read_yuan, yuan
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.words import say

PROMPT_CHARS_MAX = 120
DETAIL_CHARS_MAX = 300
WISHES = ("full", "partial", "replace")
# What only the buyer can tell: the words on the screen, and what arrived where no issuer has said it.
ASKS_PROMPT = frozenset({"code_invalid", "not_received", "service_stopped", "amount_short"})
ASKS_ARRIVED = frozenset({"amount_short"})


class QuestionForm(forms.Form):
    """Only what the platform does not know. `arrived` is read as fen."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    arrived = forms.CharField(max_length=16)
    prompt = forms.CharField(required=False, max_length=PROMPT_CHARS_MAX)
    detail = forms.CharField(
        required=False, max_length=DETAIL_CHARS_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )
    wish = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, template: str, unit: UnitView, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": new_key(), "wish": "full"})
        language = current_language()
        for name in ("arrived", "prompt", "detail", "wish"):
            self.fields[name].label = say(f"ask.{name}", language)
            self.fields[name].error_messages["required"] = say("form.required", language)
        self.fields["arrived"].help_text = say("ask.arrived_hint", language)
        self.fields["arrived"].widget.attrs["inputmode"] = "decimal"
        self.fields["prompt"].help_text = say("ask.prompt_hint", language)
        for name, chars in (("prompt", PROMPT_CHARS_MAX), ("detail", DETAIL_CHARS_MAX)):
            self.fields[name].label = f"{self.fields[name].label}{say('form.optional', language)}"
            self.fields[name].error_messages["max_length"] = say("form.too_long", language, n=chars)
        wish = self.fields["wish"]
        assert isinstance(wish, forms.ChoiceField)
        wish.choices = [(code, say(f"ask.wish.{code}", language)) for code in WISHES]
        wish.error_messages.update(
            dict.fromkeys(("required", "invalid_choice"), say("form.choose", language))
        )
        if template not in ASKS_ARRIVED or unit.arrived_fen is not None:
            del self.fields["arrived"]
        if template not in ASKS_PROMPT:
            del self.fields["prompt"]

    def clean_arrived(self) -> int:
        """Fen; 0 is an amount."""
        fen = read_yuan(str(self.cleaned_data["arrived"]).strip())
        if fen is None or fen < 0:
            raise forms.ValidationError(say("ask.amount_bad", current_language()))
        return fen


def masked(account: str) -> str:
    """An account as it may stand in a message: enough to tell it from another, not enough to use it."""
    if len(account) < 7:
        return f"{account[:1]}***"
    return f"{account[:3]}****{account[-4:]}" if len(account) > 8 else f"{account[:2]}***{account[-2:]}"


def known_facts(order: OrderView, unit: UnitView, template: str, language: str) -> list[str]:
    """The lines that the platform fills in: nobody can mistype them (S-064)."""
    several = len(order.units) > 1
    item = f"{title_of(order)} · {say('order.unit', language, n=unit.n)}" if several else title_of(order)
    found = [("order", str(order.order_id)), ("item", item)]
    if order.account:
        found.append(("account", masked(order.account)))
    found.append(("ordered", yuan(unit.paid_fen)))
    if template in ASKS_ARRIVED and unit.arrived_fen is not None:
        found.append(("arrived", yuan(unit.arrived_fen)))
    return [say(f"ask.line.{name}", language, value=value) for name, value in found]


def question_text(
    order: OrderView, unit: UnitView, template: str, told: dict[str, Any], language: str
) -> str:
    """The whole message: what happened, the facts, what the buyer saw, what is wanted."""
    lines = [say(f"ask.{template}", language), *known_facts(order, unit, template, language)]
    if "arrived" in told:
        lines.append(say("ask.line.arrived", language, value=yuan(told["arrived"])))
    for name in ("prompt", "detail"):
        if told.get(name):
            lines.append(say(f"ask.line.{name}", language, value=told[name].strip()))
    lines.append(say("ask.line.wish", language, value=say(f"ask.wish.{told['wish']}", language)))
    return "\n".join(lines)
