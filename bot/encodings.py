"""The encodings of text files as Excel, WPS and Notepad write them in China and elsewhere."""

from __future__ import annotations

import charset_normalizer

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
ENCODINGS = ("gb18030", "cp950", "big5hkscs", "cp1252")
"""What Chinese and Western programs write instead of UTF-8, the likelier first: a tie goes to it."""


def decode(data: bytes) -> str:
    """The text of a file. Raises UnicodeDecodeError where no encoding fits."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding)
    if b"\0" in data and len(data) % 2 == 0:
        # Delimiters and line ends have a zero byte in UTF-16, and where it stands tells the order of bytes.
        return data.decode("utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        fits = charset_normalizer.from_bytes(data, cp_isolation=list(ENCODINGS))
        best = min(fits, key=lambda one: (one.chaos - one.coherence, ENCODINGS.index(one.encoding)), default=None)
        if best is None:
            raise
        return str(best)
