"""Pictures for made books, drawn and encoded by hand, so that nothing need be installed: each has its seed, and the same seed gives the
same bytes. They have what real ones have: areas of one colour, slopes, and some noise."""
import random
import struct
import zlib

BLOCK = 8


def mosaic(seed, wide, high):
    """Colours of the squares of a picture, so many wide and high: a slope, figures on it, and noise."""
    rng = random.Random(seed)
    ground = [rng.randrange(60, 190) for _ in range(3)]
    slope = [(rng.random() - 0.5) * 90 / wide for _ in range(3)]
    figures = [(rng.randrange(wide), rng.randrange(high), rng.randrange(3, 4 + wide // 4), [rng.randrange(256) for _ in range(3)]) for _ in range(12)]
    rows = []
    for y in range(high):
        row = []
        for x in range(wide):
            colour = next((c for left, top, size, c in figures if left <= x < left + size and top <= y < top + size), None)
            noise = rng.randrange(-6, 7)
            row.append(tuple(max(0, min(255, int(value + noise))) for value in colour or [g + s * (x + y) for g, s in zip(ground, slope)]))
        rows.append(row)
    return rows


def chunk(name, content):
    return struct.pack('>I', len(content)) + name + content + struct.pack('>I', zlib.crc32(name + content))


def png(kind, seed, width, height):
    """A PNG: `indexed`, `rgb` or `rgba`, its rows filtered by the row above."""
    squares = mosaic(seed, width // BLOCK, height // BLOCK)
    colour, palette, pixel = {
        'rgb': (2, b'', lambda c: bytes(c)),
        'rgba': (6, b'', lambda c: bytes(c) + b'\xff'),
        'indexed': (3, chunk(b'PLTE', bytes(v for n in range(216) for v in (n // 36 * 51, n // 6 % 6 * 51, n % 6 * 51))),
                    lambda c: bytes([c[0] // 43 * 36 + c[1] // 43 * 6 + c[2] // 43])),
    }[kind]
    rows = bytearray()
    for row in squares:
        line = b''.join(pixel(square) * BLOCK for square in row)
        rows += b'\0' + line + (b'\2' + bytes(len(line))) * (BLOCK - 1)
    size = (len(squares[0]) * BLOCK, len(squares) * BLOCK)
    head = struct.pack('>IIBBBBB', *size, 8, colour, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + palette + chunk(b'IDAT', zlib.compress(bytes(rows), 6)) + chunk(b'IEND', b'')


# Huffman tables: how many codes there are of each length, and what they stand for (T.81, annex K.3.1; of the others only the end of a block).
DC = (bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]), bytes(range(12)))
AC = (bytes([1] + [0] * 15), bytes([0]))


def codes(table):
    code, found, values = 0, {}, iter(table[1])
    for length, count in enumerate(table[0], 1):
        for _ in range(count):
            found[next(values)] = f'{code:0{length}b}'
            code += 1
        code <<= 1
    return found


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack('>H', len(content) + 2) + content


def jpeg(seed, width, height):
    """A baseline JPEG whose squares of eight by eight pixels have one colour each."""
    squares = mosaic(seed, width // BLOCK, height // BLOCK)
    dc, end, before, bits = codes(DC), codes(AC)[0], [0, 0, 0], []
    for row in squares:
        for r, g, b in row:
            y = 0.299 * r + 0.587 * g + 0.114 * b
            for at, value in enumerate((y - 128, (b - y) * 0.564, (r - y) * 0.713)):
                # The first coefficient is eight times the mean; the table of quantisation has eights.
                level = round(value)
                step, before[at] = level - before[at], level
                size = abs(step).bit_length()
                bits.append(dc[size] + (f'{step if step > 0 else step + (1 << size) - 1:0{size}b}' if size else '') + end)
    stream = ''.join(bits)
    stream += '1' * (-len(stream) % 8)
    scan = int(stream, 2).to_bytes(len(stream) // 8, 'big').replace(b'\xff', b'\xff\0')
    size = struct.pack('>HH', len(squares) * BLOCK, len(squares[0]) * BLOCK)
    return b''.join([
        b'\xff\xd8', segment(0xE0, b'JFIF\0\1\1\0\0\1\0\1\0\0'), segment(0xDB, b'\0' + b'\x08' * 64),
        segment(0xC0, b'\x08' + size + b'\3\1\x11\0\2\x11\0\3\x11\0'),
        segment(0xC4, b'\0' + DC[0] + DC[1]), segment(0xC4, b'\x10' + AC[0] + AC[1]),
        segment(0xDA, b'\3\1\0\2\0\3\0\0\x3f\0'), scan, b'\xff\xd9'])


def svg(seed, width, height):
    rng = random.Random(seed)
    shapes = ''.join(f'<rect x="{rng.randrange(width)}" y="{rng.randrange(height)}" width="{rng.randrange(9, 200)}" height="{rng.randrange(9, 200)}"'
                     f' fill="#{rng.randrange(1 << 24):06x}"/>' for _ in range(60))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{shapes}</svg>'.encode()


def picture(kind, seed, width=1200, height=896):
    """The bytes of a picture and the ending of its name."""
    if kind == 'jpeg':
        return jpeg(seed, width, height), 'jpg'
    if kind == 'svg':
        return svg(seed, width, height), 'svg'
    return png(kind, seed, width, height), 'png'
