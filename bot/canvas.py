"""What pictures are drawn on: shapes with soft edges below, words above, in one font for Latin, Greek and Cyrillic."""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

#: a point of the picture, in pixels from its upper left corner
Point = tuple[float, float]
#: left, upper, right and lower edge
Box = tuple[float, float, float, float]

#: shapes are drawn so many times larger than they are shown: that makes their edges soft
_FINE = 3
_FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
_PLUS = ((-1, -0.35), (-0.35, -0.35), (-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35))
_CROSS = ((-0.95, -0.5), (-0.5, -0.95), (0, -0.45), (0.5, -0.95), (0.95, -0.5), (0.45, 0))
#: the corners of marks of half-width 1; a disc has none
_MARKS: dict[str, Sequence[Point]] = {
    "disc": (),
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "up": ((0, -1), (1, 0.85), (-1, 0.85)),
    "diamond": ((0, -1.15), (1, 0), (0, 1.15), (-1, 0)),
    "down": ((0, 1), (1, -0.85), (-1, -0.85)),
    "plus": (*_PLUS, *((-x, -y) for x, y in _PLUS)),
    "cross": (*_CROSS, *((-x, -y) for x, y in _CROSS)),
}
MARKS = tuple(_MARKS)


class Canvas:
    """A page of so many pixels in one colour. What comes later covers what came before, and words all shapes."""

    def __init__(self, width: int, height: int, page: str) -> None:
        self.width, self.height, self.page = width, height, page
        self._shapes = Image.new("RGB", (width * _FINE, height * _FINE), page)
        self._pen = ImageDraw.Draw(self._shapes)
        self._words: list[tuple[Point, str, int, str, str, bool]] = []

    def line(self, points: Iterable[Point], colour: str, width: float) -> None:
        """Points joined in their order."""
        self._pen.line([_fine(point) for point in points], colour, round(width * _FINE), joint="curve")

    def box(self, box: Box, colour: str) -> None:
        """A filled rectangle."""
        self._pen.rectangle((_fine(box[:2]), _fine(box[2:])), colour)

    def mark(self, name: str, at: Point, colour: str, half: float) -> None:
        """A mark of that half-width, set off from what lies below it."""
        for size, ink in ((half + 2, self.page), (half, colour)):
            corners = [_fine((at[0] + x * size, at[1] + y * size)) for x, y in _MARKS[name]]
            if corners:
                self._pen.polygon(corners, ink)
            else:
                self._pen.ellipse((_fine((at[0] - size, at[1] - size)), _fine((at[0] + size, at[1] + size))), ink)

    def text(self, at: Point, text: str, size: int, colour: str, *, anchor: str = "ls", set_off: bool = False) -> None:
        """Words at a point; `anchor` says in Pillow's way which point of them. `set_off`: from what lies below them."""
        self._words.append((at, text, size, colour, anchor, set_off))

    def png(self) -> bytes:
        """The picture as a file."""
        image = self._shapes.reduce(_FINE)
        pen = ImageDraw.Draw(image)
        for at, text, size, colour, anchor, set_off in self._words:
            rim = 3 if set_off else 0
            pen.text(at, text, colour, _font(size), anchor, stroke_width=rim, stroke_fill=self.page)
        out = BytesIO()
        image.save(out, "PNG")
        return out.getvalue()


def width_of(text: str, size: int) -> float:
    """How wide a text is, in pixels."""
    return _font(size).getlength(text)


def fitted(text: str, size: int, most: float) -> str:
    """The text, cut where it is wider than that."""
    if width_of(text, size) <= most:
        return text
    kept = text
    while kept and width_of(f"{kept}…", size) > most:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def meet(one: Box, other: Box) -> bool:
    """Whether two rectangles lie on one another."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def mixed(colour: str, page: str, part: float) -> str:
    """A colour as it looks where only that part of it covers a page."""
    pairs = ((int(colour[at : at + 2], 16), int(page[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(mine * part + below * (1 - part)):02X}" for mine, below in pairs)


def _fine(point: Sequence[float]) -> Point:
    return point[0] * _FINE, point[1] * _FINE


@cache
def _font(size: int) -> FreeTypeFont:
    return ImageFont.truetype(_FONT, size)
