"""What reader and parent say to each other over a pipe: a head with the lengths, then bytes; answers as JSON lines."""

from __future__ import annotations

import orjson

from tuidan.connectors.contract.reader import Likeness, Seen, Sign
from tuidan.domain.reading.line import Box, box_from, line_from

ANSWER_BYTES_MAX = 4_000_000
NUMBER_BYTES = 4
READY = b'{"ready":true}\n'


def write_seen(seen: Seen) -> bytes:
    """As one line."""
    return orjson.dumps(seen) + b"\n"


def read_seen(answer: bytes) -> Seen:
    """Back again."""
    told = orjson.loads(answer)
    lines = told["lines"]
    return Seen(
        width=told["width"],
        height=told["height"],
        lines=None if lines is None else tuple(line_from(line) for line in lines),
        keys=tuple(told["keys"]),
        signs=tuple(Sign(sign["kind"], sign["detail"], box_from(sign["box"])) for sign in told["signs"]),
        trouble=told["trouble"],
    )


def write_likeness(likeness: Likeness) -> bytes:
    """As one line."""
    return orjson.dumps(likeness) + b"\n"


def read_likeness(answer: bytes) -> Likeness:
    """Back again."""
    told = orjson.loads(answer)
    boxes = tuple(Box(**box) for box in told["other"])
    return Likeness(told["compared"], told["same"], told["share"], boxes, told["trouble"])
