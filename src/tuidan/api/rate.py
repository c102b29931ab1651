"""How often one key may ask: a bucket of tokens for each key, in each process.

A process counts alone, because a shared counter would cost every request a round trip. With `serve --workers N` a key
gets up to N times the set rate; whoever needs a limit over all processes puts it in front. Signing in is another
matter: its brake is counted in the database (`commands/sign_in.py`).
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings

BURST_SECONDS = 2
NAMES_MAX = 4096


class Buckets:
    """At most `per_second` askings a second for each name, saved up over BURST_SECONDS; 0: no limit."""

    def __init__(self, per_second: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = per_second, clock
        self._room = float(per_second * BURST_SECONDS)
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_seconds(self, name: str) -> int:
        """0 and one token less; or in how many whole seconds there will be one again."""
        if not self._rate:
            return 0
        now = self._clock()
        tokens, at = self._filled.get(name, (self._room, now))
        tokens = min(self._room, tokens + (now - at) * self._rate)
        taken = tokens >= 1
        self._filled[name] = (tokens - 1 if taken else tokens, now)
        if len(self._filled) > NAMES_MAX:
            self._filled.popitem(last=False)
        return 0 if taken else math.ceil((1 - tokens) / self._rate)


KEYS = Buckets(settings.API_REQUESTS_PER_SECOND)
