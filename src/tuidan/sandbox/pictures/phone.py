"""Five phones: size, status bar, navigation, sizes of letters, light and dark colours. Drawn, not copied."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
BOLD = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
SIMPLIFIED = 2
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a page."""

    ground: Colour
    card: Colour
    ink: Colour
    quiet: Colour
    accent: Colour
    line: Colour


LIGHT = {
    "huawei": Look(
        (241, 243, 245), (255, 255, 255), (25, 25, 25), (127, 131, 136), (10, 89, 247), (229, 229, 229)
    ),
    "xiaomi": Look(
        (247, 247, 247), (255, 255, 255), (0, 0, 0), (140, 147, 176), (255, 105, 0), (238, 238, 238)
    ),
    "oppo": Look(
        (242, 244, 246), (255, 255, 255), (34, 34, 34), (138, 138, 138), (46, 165, 103), (235, 235, 235)
    ),
    "vivo": Look(
        (250, 250, 250), (255, 255, 255), (20, 20, 22), (150, 150, 150), (65, 109, 255), (240, 240, 240)
    ),
    "apple": Look(
        (242, 242, 247), (255, 255, 255), (0, 0, 0), (138, 138, 142), (0, 122, 255), (198, 198, 200)
    ),
}
DARK = {
    "huawei": Look((0, 0, 0), (32, 34, 36), (229, 229, 229), (142, 146, 150), (82, 145, 255), (60, 60, 60)),
    "xiaomi": Look((0, 0, 0), (36, 36, 36), (230, 230, 230), (128, 128, 128), (255, 130, 40), (50, 50, 50)),
    "oppo": Look((12, 12, 12), (38, 38, 38), (225, 225, 225), (130, 130, 130), (60, 190, 120), (52, 52, 52)),
    "vivo": Look((16, 16, 18), (30, 30, 34), (235, 235, 235), (140, 140, 145), (95, 140, 255), (48, 48, 52)),
    "apple": Look((0, 0, 0), (28, 28, 30), (255, 255, 255), (152, 152, 159), (10, 132, 255), (56, 56, 58)),
}


@dataclass(frozen=True, slots=True)
class Phone:
    """One brand's screen: `scale` is pixels for each unit of the design, `left_clock` where the clock stands."""

    brand: str
    width: int
    height: int
    scale: float
    left_clock: bool
    network: str


PHONES = (
    Phone("huawei", 1080, 2340, 3.0, True, "HD 5G"),
    Phone("xiaomi", 1080, 2400, 2.75, True, "5G"),
    Phone("oppo", 1080, 2376, 3.0, True, "5G"),
    Phone("vivo", 1080, 2408, 3.0, True, "5G"),
    Phone("apple", 1170, 2532, 3.0, True, "5G"),
)


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The Chinese face of the test set-up in a size of pixels; without it Pillow's own, which has no Chinese."""
    if not Path(FONT).exists():
        return ImageFont.load_default(size)
    return ImageFont.truetype(BOLD if bold else FONT, size, index=SIMPLIFIED)
