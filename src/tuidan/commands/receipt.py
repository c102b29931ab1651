"""Sign a receipt: its text as a signed note, the same bytes each time (S-111)."""

from __future__ import annotations

from tuidan.domain.tlog.note import Note, sign
from tuidan.store.receipts.keys import receipt_keys, signing_key


def sign_receipt(text: str) -> bytes:
    """The receipt as a signed note. Raises BadNote for a text that cannot be one."""
    key, private = signing_key()
    return Note(text, (sign(text, key.name, private),)).bytes()


def receipt_vkeys() -> list[str]:
    """The public keys that receipts are checked with, newest first, as lines of text; the first is made when asked."""
    signing_key()
    return [key.vkey() for key in receipt_keys()]
