"""Template tags: words by key, and the small parts every page is made of (amount, deadline, badges, shapes)."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString

from tuidan.reads.records import OrderLine
from tuidan.web.shared import moments, shapes, words
from tuidan.web.shared.badges import BADGES
from tuidan.web.shared.language import current_language
from tuidan.web.shared.money import yuan

register = template.Library()
PART = "shared/parts/"


@register.simple_tag
def t(key: str, **data: object) -> str:
    """Say the words for `key` in the reader's language; data is escaped, words are ours."""
    text = escape(words.say(key, current_language()))
    return format_html(text, **data) if data else text


@register.simple_tag
def shape(name: str, size: int = 16) -> SafeString:
    """A small drawing without meaning of its own: a word always stands beside it."""
    svg = (
        f'<svg viewBox="0 0 16 16" width="{{}}" height="{{}}" aria-hidden="true">{shapes.SHAPES[name]}</svg>'
    )
    return format_html(svg, size, size)


@register.simple_tag
def amount(fen: int, size: str = "") -> SafeString:
    """¥24.00; size is empty, `strong` or `huge`."""
    more = f" amount-{size}" if size else ""
    return format_html('<span class="amount{}"><span class="yuan">¥</span>{}</span>', more, yuan(fen))


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime | None, seconds: bool = True) -> str:
    """A moment in Beijing time; a dash where there is none yet."""
    if moment is None:
        return "–"
    text = moments.clock_text(moment, context["now"], current_language(), seconds)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), text)


@register.inclusion_tag(PART + "deadline.html", takes_context=True)
def deadline(context: Context, due: datetime, size: str = "", over: str = "") -> dict[str, object]:
    """Time left and the absolute end; `over="reload"` loads the page again when it runs out."""
    language, seconds = current_language(), moments.seconds_until(due, context["now"])
    return {
        "due": due,
        "size": size,
        "over": over,
        "seconds": seconds,
        "left": moments.time_left(seconds, language),
        "until": moments.clock_text(due, context["now"], language),
    }


@register.simple_tag
def span(seconds: int) -> str:
    """A length of time in its largest whole unit."""
    return moments.duration_text(seconds, current_language())


@register.inclusion_tag(PART + "badge.html")
def badge(state: str) -> dict[str, str]:
    """The state as word and shape."""
    tone, drawing = BADGES[state]
    return {"tone": tone, "drawing": drawing, "word": words.say(f"state.{state}", current_language())}


@register.inclusion_tag(PART + "kind.html")
def kind(goods_kind: str) -> dict[str, str]:
    """Card code, top-up, membership or service: told apart wherever goods are named (S-103)."""
    return {"drawing": goods_kind, "word": words.say(f"kind.{goods_kind}", current_language())}


@register.inclusion_tag(PART + "seller.html")
def seller(seller_type: str, name: str = "") -> dict[str, object]:
    """Who sells: the platform itself or a third party (电商法37)."""
    return {
        "own": seller_type == "self_operated",
        "name": name,
        "word": words.say(f"seller.{seller_type}", current_language()),
    }


@register.inclusion_tag(PART + "copyable.html")
def copyable(text: object, shown: str = "") -> dict[str, object]:
    """An id that can be copied; the button appears only where scripts run."""
    return {"text": str(text), "shown": shown or str(text)}


@register.inclusion_tag(PART + "field.html")
def field(bound: BoundField, hint: str = "", kind: str = "") -> dict[str, object]:
    """A field with its label, hint and error; what was typed stays in it."""
    return {
        "bound": bound,
        "hint": hint or bound.help_text,
        "kind": kind,
        "widget": getattr(bound.field.widget, "input_type", "textarea"),
    }


@register.filter
def head(value: object, length: int = 12) -> str:
    """The first characters of a hash or id."""
    return conditional_escape(str(value)[:length])


@register.simple_tag
def kind_word(goods_kind: str) -> str:
    """The word of a goods kind."""
    return words.say(f"kind.{goods_kind}", current_language())


@register.simple_tag
def reason_hint(code: str) -> str:
    """What a refund reason needs or leads to (S-060)."""
    return words.say(f"reason.{code}.hint", current_language())


@register.simple_tag
def refunded_text(fen: int) -> str:
    """¥24.00 refunded: a word, not a minus."""
    return words.say("unit.refunded", current_language(), amount=yuan(fen))


@register.inclusion_tag(PART + "badge.html")
def line_badge(line: OrderLine) -> dict[str, str]:
    """The state of one line of a list: money on its way back is told before the order's own state."""
    state = f"order.{line.status}"
    if line.refund_fen and line.refund_fen > line.refunded_fen:
        state = "refund.sent"
    return badge(state)


@register.simple_tag
def reason_word(code: str) -> str:
    """A buyer's reason in words."""
    return words.say(f"reason.{code}", current_language())
