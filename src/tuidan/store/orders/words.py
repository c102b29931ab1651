"""The form in which erasable words are kept: a random salt in front, so that their hash cannot be guessed back."""

SALT_CHARS = 32
# Kinds whose words are kept as they were written, with no salt in front.
UNSALTED = frozenset(
    {
        "alarm_acknowledged",
        "channel_dispute_answered",
        "membership_stopped",
        "progress_disputed",
        "progress_reported",
        "unit_delivered",
        "unit_started",
        "work_started",
        "work_stopped",
    }
)


def without_salt(kept: str) -> str:
    """The words as they were written; empty where they were erased."""
    return kept[SALT_CHARS:]


def words_of(kind: str, kept: str) -> str:
    """The words beside an event of this kind as they were written; empty where they were erased."""
    return kept if kind in UNSALTED else without_salt(kept)
