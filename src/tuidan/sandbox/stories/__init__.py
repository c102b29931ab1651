"""The stories: from an order that went wrong to money that came back. Each raises StoryFailed or passes."""

from __future__ import annotations

from collections.abc import Callable

from tuidan.sandbox.stage import Stage
from tuidan.sandbox.stories.activated import already_activated
from tuidan.sandbox.stories.administrator import administrators_edit_is_found
from tuidan.sandbox.stories.card import card_refunded_twice
from tuidan.sandbox.stories.channel_dispute import disputed_at_the_channel
from tuidan.sandbox.stories.crash import killed_between_writes
from tuidan.sandbox.stories.dispute import (
    description_is_appraised,
    holidays_are_left_out,
    minor_is_refunded,
    rejected_then_overturned,
    seller_agrees_to_a_part,
    seller_is_silent,
    settled_then_disputed,
)
from tuidan.sandbox.stories.gateway import gateway_misbehaves
from tuidan.sandbox.stories.incident import supplier_fails_everybody
from tuidan.sandbox.stories.notices import notices_refused
from tuidan.sandbox.stories.reading import (
    codes_tail_does_not_match,
    log_settles_it_without_any_upload,
    reused_screenshot_is_seen,
)
from tuidan.sandbox.stories.service import service_ends_at_sixty_percent
from tuidan.sandbox.stories.stranger import stranger_verifies_the_bundle
from tuidan.sandbox.stories.top_up import top_up_arrives_short, top_up_fails

STORIES: tuple[tuple[str, Callable[[Stage], None]], ...] = (
    ("a code is refunded inside five minutes, and a dead one after it was shown", card_refunded_twice),
    ("a top-up fails at the supplier and is refunded without a click", top_up_fails),
    ("10 of 50 yuan arrive and four fifths come back", top_up_arrives_short),
    ("already activated: by whom and when decides who bears it", already_activated),
    ("the gateway is late, doubles, reorders and loses replies: exactly one refund", gateway_misbehaves),
    ("forged, replayed and foreign notices change nothing", notices_refused),
    ("the worker is killed at every step between two writes: exactly one refund", killed_between_writes),
    ("a supplier fails everybody who waits and one command refunds them all", supplier_fails_everybody),
    (
        "a dispute is opened at the channel in the middle: money waits, nothing is paid twice",
        disputed_at_the_channel,
    ),
    (
        "a service is 60 per cent done by both sides' word and 40 per cent comes back",
        service_ends_at_sixty_percent,
    ),
    ("the seller agrees to a part and the case closes by itself", seller_agrees_to_a_part),
    ("the seller is silent for 24 hours and the record decides", seller_is_silent),
    ("refused, supplemented, appealed, overturned by another reviewer", rejected_then_overturned),
    ("not as described: a third party appraises, a reviewer decides", description_is_appraised),
    ("settled by a replacement that never comes: asked again", settled_then_disputed),
    ("the National Day holidays are left out of a deadline", holidays_are_left_out),
    ("a child of seven bought: proofs, a finding, all of it back", minor_is_refunded),
    ("a screenshot of another order comes again, smaller, and is seen", reused_screenshot_is_seen),
    ("the code on the screenshot is not the one that was sold", codes_tail_does_not_match),
    ("the platform's log settles it without any upload", log_settles_it_without_any_upload),
    ("the administrator's edit is found by what a witness has kept", administrators_edit_is_found),
    ("a stranger verifies the bundle, and one changed letter is found", stranger_verifies_the_bundle),
)
