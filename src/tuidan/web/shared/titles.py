"""A listing's title in the reader's language, where the seller wrote one."""

from __future__ import annotations

from typing import Protocol

from tuidan.web.shared.language import current_language


class Titled(Protocol):
    """Anything with both titles."""

    @property
    def title(self) -> str: ...

    @property
    def title_en(self) -> str: ...


def title_of(thing: Titled) -> str:
    """The English title for English readers, else the Chinese one."""
    return thing.title_en if current_language() == "en" and thing.title_en else thing.title
