"""Whose evidence carries which fact of a decision, as sentences (S-077), and the words of a fact's value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tuidan.web.shared.words import WORDS, say

OWN_WORDS = {"reason": "reason", "goods_kind": "kind"}
"""Facts whose values have words of their own elsewhere, and under which key."""


def value_text(fact: str, value: object, language: str) -> str:
    """The words of a value; a number or a code nobody wrote words for stands as it is."""
    for key in (f"value.{fact}.{value}", f"{OWN_WORDS.get(fact, 'value')}.{value}", f"value.{value}"):
        if key in WORDS:
            return say(key, language)
    return str(value)


def carried_texts(verdict: Mapping[str, Any], language: str) -> list[str]:
    """One sentence for each fact of a verdict record; none for a record from before this was written down."""
    return [
        _text(fact, language) for fact in verdict.get("carried_by", []) if f"input.{fact['fact']}" in WORDS
    ]


def _text(fact: Mapping[str, Any], language: str) -> str:
    data = {
        "what": say(f"input.{fact['fact']}", language),
        "value": value_text(str(fact["fact"]), fact["value"], language),
        "by": _sources(fact, language),
    }
    if weight := fact.get("weight"):
        return say("carried.text_weighed", language, **data, weight=say(f"weight.{weight}", language))
    return say("carried.text", language, **data)


def _sources(fact: Mapping[str, Any], language: str) -> str:
    sources: Sequence[str] = fact["by"]
    if not sources:
        return say("carried.nobody", language)
    by = say("carried.and", language).join(say(f"source.{source}", language) for source in sources)
    items = [_item(str(item), language) for item in fact.get("items", [])]
    if not items:
        return by
    return say("carried.items", language, by=by, items=say("carried.and", language).join(items))


def _item(kind: str, language: str) -> str:
    key = f"evidence.{kind}"
    return say(key, language) if key in WORDS else kind
