"""The form in which erasable words are kept: a random salt in front, so that their hash cannot be guessed back."""

SALT_CHARS = 32


def without_salt(kept: str) -> str:
    """The words as they were written; empty where they were erased."""
    return kept[SALT_CHARS:]
