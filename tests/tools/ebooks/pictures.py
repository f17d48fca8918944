"""Pictures of one grey, made without a library: PNG, and JPEG in RGB or CMYK."""

import struct
import zlib


def png(width, height):
    """A grey PNG of eight bits (PNG, third edition)."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def jpeg_cmyk(width, height):
    """A baseline JPEG of four components (ITU-T T.81; Adobe's APP14 says that they are inks). Sides are multiples of 8.

    Middle grey makes every coefficient zero, so each block is two codes of one bit and the four of a unit fill a byte.
    """

    def segment(marker, body):
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    inks = range(1, 5)
    frame = struct.pack(">BHHB", 8, height, width, 4) + b"".join(bytes([ink, 0x11, 0]) for ink in inks)
    one_code = bytes([1] + [0] * 15 + [0])
    scan = bytes([4]) + b"".join(bytes([ink, 0]) for ink in inks) + bytes([0, 63, 0])
    return b"".join([
        b"\xff\xd8",
        segment(0xEE, b"Adobe" + struct.pack(">HHHB", 100, 0, 0, 0)),
        segment(0xDB, bytes([0]) + bytes([1] * 64)),
        segment(0xC0, frame),
        segment(0xC4, bytes([0x00]) + one_code + bytes([0x10]) + one_code),
        segment(0xDA, scan),
        bytes((width // 8) * (height // 8)),
        b"\xff\xd9",
    ])
