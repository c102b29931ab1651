"""Reads the words on a picture with RapidOCR (PP-OCR models inside the wheel, nothing is fetched). Extra `ocr`.

Runs in the reader's own process (`__main__.py`); without the extra `INSTALLED` is false and people are asked.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from PIL import Image

from tuidan.connectors.readers.strips import Strip, cut_in_strips, put_together
from tuidan.domain.reading.line import Box, Line

NAME = "rapidocr"
INSTALLED = find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None
# A screen of 1080 pixels' width stays readable at this side, in about half the time and memory of its full size.
SIDE_PIXELS_MAX = 1_280
PERCENT_MIN = 0.3
PARAMS: dict[str, object] = {
    "Global.max_side_len": SIDE_PIXELS_MAX,
    "Global.use_cls": False,
    "Global.text_score": PERCENT_MIN,
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class Engine:
    """The models, loaded once; about 0.5 GB. `engine` is `rapidocr.RapidOCR`, given by whoever may import it."""

    def __init__(self, engine: Any, as_array: Any) -> None:
        self.engine = engine
        self.as_array = as_array

    def read(self, picture: Image.Image) -> tuple[Line, ...]:
        """The lines of the picture from top to bottom; a long screenshot is read strip by strip."""
        strips = cut_in_strips(picture.width, picture.height)
        return put_together([(strip, self._lines(picture, strip)) for strip in strips])

    def _lines(self, picture: Image.Image, strip: Strip) -> list[Line]:
        part = picture.crop((0, strip.top, picture.width, strip.bottom))
        # the models were trained on blue, green, red
        result = self.engine(self.as_array(part)[:, :, ::-1])
        if result.boxes is None:
            return []
        return [
            Line(str(words), _box(corners, strip.top), round(float(score) * 100))
            for corners, words, score in zip(result.boxes, result.txts, result.scores, strict=True)
        ]


def _box(corners: Any, top: int) -> Box:
    """The upright rectangle around four corners."""
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Box(int(min(across)), int(min(down)) + top, int(max(across)), int(max(down)) + top)
