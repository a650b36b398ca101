"""Pictures: numbers → PNG bytes, with Chinese in the font that is shipped; whoever draws does so in a thread.

matplotlib costs a second and a half and 70 MB to import (measured), so it is not imported before something is drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.services.digests import Digest
    from bot.services.months import Month
    from bot.texts import Voice

FONT = Path(__file__).parents[1] / "fonts" / "NotoSansCJKsc-subset.otf"
"""GB 2312, European letters and some rarer characters of names; bot/fonts/make tells which, and makes it."""


def digest_picture(digest: Digest, voice: Voice) -> bytes:
    """A team's week on one page for a phone: the team's figures, then each manager's, whoever needs his lead first."""
    from bot.charts import digest_page  # noqa: PLC0415 - see above

    return digest_page.draw(digest, voice)


def structure_picture(month: Month, voice: Voice) -> bytes:
    """A team's clients: how many of each tier and how many of these were met within their cadence, and by segment."""
    from bot.charts import month_pages  # noqa: PLC0415 - see above

    return month_pages.structure(month, voice)


def load_picture(month: Month, voice: Voice) -> bytes:
    """What each manager's book asks for beside his target, and the month's visits and new accounts beside his goals."""
    from bot.charts import month_pages  # noqa: PLC0415 - see above

    return month_pages.load(month, voice)


def can_draw(text: str) -> bool:
    """Whether the font has every character of a text; one that it lacks is drawn as an empty box."""
    from bot.charts import canvas  # noqa: PLC0415 - see above

    return canvas.drawable(text) == text
