"""The app's two icons, drawn: a ring left open to the right (a case) and the dot that closes it."""

import math
import struct
import zlib
from collections.abc import Callable

Paint = Callable[[float, float], tuple[int, int, int, int]]

INDIGO = (61, 66, 139)
WHITE = (255, 255, 255)


def color_icon(size: int = 192) -> bytes:
    """PNG, white on indigo to the edges, as Teams wants it."""
    return _png(size, lambda x, y: _blend(INDIGO, WHITE, _mark(x, y)))


def outline_icon(size: int = 32) -> bytes:
    """PNG, white on transparent."""
    return _png(size, lambda x, y: (*WHITE, round(255 * _mark(x, y, scale=1.5))))


def _mark(x: float, y: float, scale: float = 1.0) -> float:
    """How much of the mark covers the point: 0 to 1. The square goes from -1 to 1."""
    x, y = x / scale, y / scale
    edge = 0.02
    ring = abs(math.hypot(x, y) - 0.46) - 0.095
    gap = 0.62 - abs(math.atan2(y, x))  # radians to each side of the opening
    dot = math.hypot(x - 0.46, y) - 0.115
    covered = min(max(ring, gap * 0.46), dot)
    return min(1.0, max(0.0, 0.5 - covered / edge / 2))


def _blend(back: tuple[int, int, int], front: tuple[int, int, int], share: float) -> tuple[int, int, int, int]:
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(back, front, strict=True))
    return red, green, blue, 255


def _png(size: int, color: Paint) -> bytes:
    def at(pixel: int) -> float:
        return (pixel + 0.5) / size * 2 - 1

    lines = (b"\0" + bytes(part for x in range(size) for part in color(at(x), at(y))) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)  # 8 bits a part, with transparency
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
