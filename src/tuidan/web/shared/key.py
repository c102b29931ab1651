"""The idempotency key of a form: made when the form is shown, so that a double press asks once."""

from __future__ import annotations

import re
import uuid

from django.http import HttpRequest

_FORM = re.compile(r"^[0-9a-zA-Z-]{8,64}$")


def new_key() -> str:
    """A key for a form that is about to be shown."""
    return uuid.uuid4().hex


def key_of(request: HttpRequest) -> str:
    """The key that came with a form; a new one where it is missing or malformed."""
    given = request.POST.get("key", "")
    return given if _FORM.match(given) else new_key()
