"""Every threshold of the reading in one place, with what it was set by.

Set on the development pictures (`tuidan bench evidence --pictures --set development`), then left alone: the figures in
docs/adr/reading-pictures.md come from pictures that were drawn afterwards.
"""

from __future__ import annotations

from datetime import timedelta

# Words below this confidence are not used at all; below SURE_PERCENT they make an element unsure, not found.
USED_PERCENT = 35
SURE_PERCENT = 60
# A contradiction is a heavier word than a find, so it must be read more clearly.
CONTRADICTION_PERCENT = 80

# Order numbers: how many characters may be read wrongly.
NUMBER_CHARS_MIN = 12
NUMBER_WRONG_CHARS_FOUND = 1
NUMBER_WRONG_CHARS_UNSURE = 3
# Of a number that is cut off with dots, so many characters must be there.
PART_CHARS_FOUND = 10
PART_CHARS_UNSURE = 6

# Times: the clock of a phone may be off, and a page may be opened a little before the order is stored.
CLOCK_SLACK = timedelta(minutes=10)
# A time further ahead is the end of an offer or of a code's life, not when the picture was taken.
EXPIRY_AFTER = timedelta(days=2)

# A code's tail of fewer characters says too little to contradict.
TAIL_CHARS_MIN = 3

# Cropping: phones are at least this much taller than wide; words this near to an edge were cut by it.
TALL_PERCENT = 150
EDGE_PIXELS = 3

LINES_MAX = 400
LINE_CHARS_MAX = 200
