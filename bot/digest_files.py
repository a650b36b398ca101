"""A digest's picture and workbook as messages; both are made in a thread, beside those who talk."""

from __future__ import annotations

import asyncio
import re

from bot.charts import digest_picture
from bot.digest_workbook import digest_workbook
from bot.replies import Document, Picture, Reply
from bot.services.digests import Digest
from bot.texts import Voice

UNFIT = re.compile(r"[^\w -]|^[\s.-]+")
"""What may stand in a team's name, but is no good in that of a file."""


async def files(voice: Voice, digest: Digest) -> list[Reply]:
    """The picture, and the workbook with every figure and its records."""
    days = voice.days(digest.week.first, digest.week.last)
    png, xlsx = await drawn(voice, digest)
    return [
        Picture(png, voice.text("digest-picture", team=digest.team_name, days=days)),
        Document(f"{name(voice, digest)}.xlsx", xlsx, voice.text("digest-workbook")),
    ]


async def drawn(voice: Voice, digest: Digest) -> tuple[bytes, bytes]:
    """The picture as PNG and the workbook as xlsx."""
    return await asyncio.to_thread(lambda: (digest_picture(digest, voice), digest_workbook(digest, voice)))


def name(voice: Voice, digest: Digest) -> str:
    """How the files of a digest are called, without their endings; what no file may be called by is left out."""
    team = UNFIT.sub("", digest.team_name) or str(digest.team_id)
    return voice.label("digest-file", team=team, first=digest.week.first.isoformat())
