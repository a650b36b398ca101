"""Uploads: files that people sent, from the first look to the preview and the import."""

from __future__ import annotations

import datetime as dtm
import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class UploadState(enum.StrEnum):
    """Waiting to be fetched and read; previewed; imported; or refused with a reason."""

    PENDING = "pending"
    PREVIEWED = "previewed"
    IMPORTED = "imported"
    REFUSED = "refused"


class Upload(Base):
    """One file by its Telegram `file_id`. `content` is what was read of it, until it is imported."""

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[str] = mapped_column(String(256))
    name: Mapped[str] = mapped_column(String(128))
    size: Mapped[int]
    received_at: Mapped[dtm.datetime]
    state: Mapped[str] = mapped_column(String(16), default=UploadState.PENDING)
    reason: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (Index("ix_upload_state", "state"),)
