"""Telling the reader, on the next page, what their act did or why it was refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest

from tuidan.domain.refusals import Refusal
from tuidan.web.shared.language import current_language
from tuidan.web.shared.refusals import sentence
from tuidan.web.shared.words import say


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence with its tone; `code` is a refusal's code, small and copyable beside the sentence."""

    tone: str
    body: str
    code: str = ""


def refusal_notice(refusal: Refusal) -> Notice:
    """The words for a no."""
    return Notice("loss", sentence(refusal.code, current_language()), refusal.code)


def tell(request: HttpRequest, notice: Notice) -> None:
    """Keep a notice for the next page."""
    messages.info(request, notice.body, extra_tags=f"{notice.tone} {notice.code}".strip())


def tell_outcome(request: HttpRequest, refusal: Refusal | None, done: str) -> None:
    """Tell a refusal, or the words of key `done`."""
    tell(request, refusal_notice(refusal) if refusal else Notice("done", say(done, current_language())))


def told(request: HttpRequest) -> list[Notice]:
    """What was kept for this page."""
    found = []
    for message in messages.get_messages(request):
        tone, _, code = (message.extra_tags or "").partition(" ")
        found.append(Notice(tone, str(message.message), code))
    return found
