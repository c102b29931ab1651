"""What was kept and erased, one sentence for each event kind."""

WORDS: dict[str, tuple[str, str]] = {
    "event.legal_hold_placed": (
        "登记了留存令 {hold}，资料不得删除",
        "Legal hold {hold} placed: nothing is erased",
    ),
    "event.legal_hold_lifted": ("解除了留存令 {hold}", "Legal hold {hold} lifted"),
    "event.words_erased": (
        "删除了可删的文字，记录仍可核验",
        "Erasable words were erased; the record still verifies",
    ),
    "event.words_erased.request": (
        "应本人要求删除了可删的文字，记录仍可核验",
        "Erasable words were erased on request; the record still verifies",
    ),
    "event.words_erased.retention_over": (
        "保留期满，删除了可删的文字，记录仍可核验",
        "The time of keeping is over: erasable words were erased; the record still verifies",
    ),
}
