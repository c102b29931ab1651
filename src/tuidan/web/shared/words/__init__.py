"""Every sentence the pages say, Chinese and English side by side, found by key.

A key is `page.what`; a value is `(Chinese, English)` with `{names}` for data. Refusals and policy reasons have
files of their own beside this folder.
"""

from __future__ import annotations

from tuidan.web.shared.words import (
    bundle,
    carried,
    channel_dispute,
    common,
    desk,
    difference,
    dispute_events,
    dossier,
    events,
    facts,
    hearing,
    law,
    log,
    money,
    order,
    policy,
    reading,
    record,
    record_events,
    refund,
    retention,
    retention_events,
    rules,
    rulings,
    service,
    service_events,
    shop,
    states,
    talk,
    terms,
    upload,
)

LANGUAGES = ("zh", "en")
WORDS: dict[str, tuple[str, str]] = {
    **bundle.WORDS,
    **carried.WORDS,
    **channel_dispute.WORDS,
    **common.WORDS,
    **states.WORDS,
    **talk.WORDS,
    **shop.WORDS,
    **money.WORDS,
    **order.WORDS,
    **policy.WORDS,
    **reading.WORDS,
    **record.WORDS,
    **record_events.WORDS,
    **refund.WORDS,
    **retention.WORDS,
    **retention_events.WORDS,
    **events.WORDS,
    **desk.WORDS,
    **difference.WORDS,
    **dispute_events.WORDS,
    **hearing.WORDS,
    **dossier.WORDS,
    **law.WORDS,
    **log.WORDS,
    **facts.WORDS,
    **rules.WORDS,
    **terms.WORDS,
    **upload.WORDS,
    **rulings.WORDS,
    **service.WORDS,
    **service_events.WORDS,
}


def say(key: str, language: str, **data: object) -> str:
    """The sentence for `key` in `zh` or `en`, plain text. Raises KeyError for a key that nobody wrote."""
    text = WORDS[key][LANGUAGES.index(language)]
    return text.format(**data) if data else text
