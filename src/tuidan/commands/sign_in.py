"""The brake on guessing passwords, counted in the database, so that it holds over all processes.

Two counters: one for the account that is guessed at, one for the place the guesses come from. Names are hashed: a
counter is no list of who tried to sign in.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from tuidan.store.watch.attempts import attempts, count_attempt

TRIES_MAX = 8
PLACE_TRIES_MAX = 40
PAUSE = timedelta(minutes=10)


def _names(login: str, place: str) -> tuple[bytes, bytes]:
    who = hashlib.sha256(f"sign-in:who:{login.strip().lower()}".encode()).digest()
    return who, hashlib.sha256(f"sign-in:from:{place}".encode()).digest()


def is_paused(login: str, place: str, now: datetime) -> bool:
    """Whether nobody may try this account, or from this place, until the pause is over."""
    who, where = _names(login, place)
    return attempts(who, now) >= TRIES_MAX or attempts(where, now) >= PLACE_TRIES_MAX


def count_wrong(login: str, place: str, now: datetime) -> None:
    """One wrong guess more."""
    for name in _names(login, place):
        count_attempt(name, now, PAUSE)
