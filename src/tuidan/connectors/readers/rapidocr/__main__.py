"""The reader's process with the models loaded; the only module that imports them."""

from __future__ import annotations

import sys

try:
    import numpy
    from rapidocr import RapidOCR

    INSTALLED = True
except ImportError:
    INSTALLED = False

from tuidan.connectors.readers.child import limit, serve
from tuidan.connectors.readers.rapidocr import PARAMS, Engine

if __name__ == "__main__":
    limit(int(sys.argv[1]))
    engine = Engine(RapidOCR(params=PARAMS), numpy.asarray) if INSTALLED else None
    serve(sys.stdin.buffer, sys.stdout.buffer, engine)
