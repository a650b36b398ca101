"""Uploads: files that people sent, from the first look to the preview and the import."""

from __future__ import annotations

import datetime as dtm
import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class UploadState(enum.StrEnum):
    """Waiting to be fetched and read; previewed; imported; or refused with a reason, by the coach or by its sender."""

    PENDING = "pending"
    PREVIEWED = "previewed"
    IMPORTED = "imported"
    REFUSED = "refused"


class Upload(Base):
    """One file by its Telegram `file_id`, for the book of `book_id`; it waits to be read until that is known.

    `content` is what was read of it (bot.files), until it is imported; then the rows of it that are still in question.
    `reason` is the id of the text that says why it was refused.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    book_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[str] = mapped_column(String(256))
    name: Mapped[str] = mapped_column(String(128))
    size: Mapped[int]
    received_at: Mapped[dtm.datetime]
    state: Mapped[str] = mapped_column(String(16), default=UploadState.PENDING)
    reason: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (Index("ix_upload_state", "state"),)
