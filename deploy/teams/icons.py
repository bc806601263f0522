"""The app's two icons, drawn from the same lines as the local page's: a case, and the tick that closes it."""

import math
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise

Paint = Callable[[float, float], tuple[int, int, int, int]]

INDIGO = (91, 95, 199)
WHITE = (255, 255, 255)

# On a field of 32 × 32, its middle at (16, 16.5); all strokes are two wide and round at their ends.
BOX = [(8, 12), (24, 12), (24, 23), (23.4, 24.4), (22, 25), (10, 25), (8.6, 24.4), (8, 23), (8, 12)]
HANDLE = [(13, 12), (13, 9.5), (13.4, 8.4), (14.5, 8), (17.5, 8), (18.6, 8.4), (19, 9.5), (19, 12)]
TICK = [(12, 18.5), (15, 21.5), (20, 16)]
STROKES = [line for path in (BOX, HANDLE, TICK) for line in pairwise(path)]


def color_icon(size: int = 192) -> bytes:
    """PNG, white on indigo to the edges, as Teams wants it."""
    return _png(size, lambda x, y: _blend(INDIGO, WHITE, _mark(x, y, 1.25, size)))


def outline_icon(size: int = 32) -> bytes:
    """PNG, white on transparent."""
    return _png(size, lambda x, y: (*WHITE, round(255 * _mark(x, y, 1.5, size))))


def _mark(x: float, y: float, zoom: float, size: int) -> float:
    """How much of the pixel around the point the mark covers: 0 to 1. The icon's sides go from 0 to 1."""
    at = (x - 0.5) * 32 / zoom + 16, (y - 0.5) * 32 / zoom + 16.5
    pixel = 32 / zoom / size
    inside = 1 - min(_distance(at, start, end) for start, end in STROKES)
    return min(1.0, max(0.0, inside / pixel + 0.5))


def _distance(at: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """From a point to a line between two others."""
    along = (end[0] - start[0], end[1] - start[1])
    share = ((at[0] - start[0]) * along[0] + (at[1] - start[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2)
    share = min(1.0, max(0.0, share))
    return math.hypot(at[0] - start[0] - share * along[0], at[1] - start[1] - share * along[1])


def _blend(back: tuple[int, int, int], front: tuple[int, int, int], share: float) -> tuple[int, int, int, int]:
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(back, front, strict=True))
    return red, green, blue, 255


def _png(size: int, color: Paint) -> bytes:
    middles = [(pixel + 0.5) / size for pixel in range(size)]
    lines = (b"\0" + bytes(part for x in middles for part in color(x, y)) for y in middles)
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)  # 8 bits a part, with transparency
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
