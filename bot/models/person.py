"""People: whoever has been let in, with role, language and time zone."""

from __future__ import annotations

import datetime as dtm
import enum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId
from bot.models.preferences import Preferences


class Role(enum.StrEnum):
    """What a person may do: an owner sets up the deployment, a lead leads teams, a manager is coached."""

    OWNER = "owner"
    LEAD = "lead"
    MANAGER = "manager"


class Person(Base):
    """One person; `telegram_id` is also the id of the private chat with him.

    It is None for somebody whose book was imported before he joined, and for somebody who was deleted.
    `locale` is his own choice (/language); without one `telegram_locale`, the language that his Telegram
    named last, decides. `unreachable_since` is set while he blocks the bot, `removed_at` once he was shut out;
    `last_seen_on` is the last of his days on which he typed or tapped something, `evaluate_at` when the rules look at
    him next, `deletion_asked_on` the day on which he asked the owner to delete his data.
    `choices` holds the preferences that he changed.
    `reference` is his id in the portable record; `title` to `money_unit` are what that record tells of a manager.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(16))
    locale: Mapped[str | None] = mapped_column(String(8))
    telegram_locale: Mapped[str | None] = mapped_column(String(8))
    time_zone: Mapped[str] = mapped_column(String(64))
    joined_at: Mapped[dtm.datetime]
    unreachable_since: Mapped[dtm.datetime | None]
    removed_at: Mapped[dtm.datetime | None]
    last_seen_on: Mapped[dtm.date | None]
    evaluate_at: Mapped[dtm.datetime | None]
    deletion_asked_on: Mapped[dtm.date | None]
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    reference: Mapped[str | None] = mapped_column(String(64), unique=True)
    title: Mapped[str | None] = mapped_column(String(64))
    company: Mapped[str | None] = mapped_column(String(128))
    region: Mapped[str | None] = mapped_column(String(64))
    years_in_role: Mapped[float | None]
    money_unit: Mapped[str | None] = mapped_column(String(16))

    @property
    def is_anonymous(self) -> bool:
        """Whether all that told of him was deleted (services.personal_data)."""
        return self.name == f"#{self.id}"

    @property
    def preferences(self) -> Preferences:
        """His times and silences, defaults filled in."""
        return Preferences.model_validate(self.choices)

    def speaks(self, default: str) -> str:
        """The locale in which the coach talks to him; `default` where neither he nor his Telegram named one."""
        return self.locale or self.telegram_locale or default

    def local(self, instant: dtm.datetime) -> dtm.datetime:
        """The instant on his clock."""
        return instant.astimezone(ZoneInfo(self.time_zone))

    def today(self, now: dtm.datetime) -> dtm.date:
        """The date where he is."""
        return self.local(now).date()
