"""Archives that strangers send: their parts, unpacked under a limit that counts real bytes, not declared ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator


class TooBigInside(Exception):
    """The parts are larger than the limit."""


def parts(data: bytes, most: int) -> dict[str, bytes]:
    """The parts of an archive by name, at most `most` bytes together.

    Raises TooBigInside; RuntimeError for an archive with a password; whatever zipfile raises for a broken one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return dict(_parts(archive, most))


def _parts(archive: zipfile.ZipFile, most: int) -> Iterator[tuple[str, bytes]]:
    """Each part, the sizes held against the limit as declared and again while they are unpacked."""
    if sum(part.file_size for part in archive.infolist()) > most:
        raise TooBigInside
    left = most
    for part in archive.infolist():
        pieces = []
        with archive.open(part) as opened:
            # In pieces: read() without a size would unpack all of it, whatever size was declared.
            while piece := opened.read(2**16):
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    raise TooBigInside
        yield part.filename, b"".join(pieces)


def packed(named: dict[str, bytes]) -> io.BytesIO:
    """An archive of the parts, uncompressed: what was unpacked under a limit, for a library that wants an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for name, content in named.items():
            made.writestr(name, content)
    return archive
