"""Ids of codes: UUIDv7 made here, in the order of the file, so that codes are sold in the order they came."""

import os
from datetime import datetime
from uuid import UUID

ORDER_BITS = 26
RANDOM_BITS = 48


def code_ids(now: datetime, count: int, first: int) -> list[UUID]:
    """`count` ids that sort by time, then by position from `first`; 48 random bits keep two imports apart.

    RFC 9562 version 7: 48 bits of milliseconds, then the position in the 26 bits that follow (12 before the
    variant, 14 after it), then random bits.
    """
    milliseconds = int(now.timestamp() * 1000)
    noise = os.urandom(count * RANDOM_BITS // 8)
    ids = []
    for index in range(count):
        position = (first + index) % (1 << ORDER_BITS)
        random = int.from_bytes(noise[index * 6 : index * 6 + 6], "big")
        value = milliseconds << 80 | 7 << 76 | (position >> 14) << 64 | 2 << 62
        ids.append(UUID(int=value | (position & 0x3FFF) << RANDOM_BITS | random))
    return ids
