"""Every knob of the coach, read from the environment (prefix COACH_) and a file `.env`; the only reader of both."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of one deployment. Raises pydantic's ValidationError that names a wrong variable."""

    model_config = SettingsConfigDict(env_prefix="COACH_", env_file=".env", extra="ignore", hide_input_in_errors=True)

    telegram_token: SecretStr | None = Field(
        None, description="token of the bot; without one the local phone is served"
    )
    telegram_api: str = Field("https://api.telegram.org", description="address of the Bot API server")
    webhook_url: str | None = Field(
        None, description="public https address of the webhook; without one the coach polls"
    )
    webhook_secret: SecretStr | None = Field(None, description="secret that Telegram repeats in each webhook request")
    webhook_port: int = Field(8443, ge=1, le=65535, description="port on which the webhook listens, on 127.0.0.1")

    data_dir: Path = Field(Path("var"), description="folder of the embedded database and of the local phone's history")
    database_url: str | None = Field(None, description="SQLAlchemy address; without one SQLite in the data folder")

    phone_port: int = Field(8088, ge=0, le=65535, description="port of the local phone; 0 takes any free one")

    locale: Literal["zh", "en"] = Field("zh", description="language for a person whose Telegram names neither")
    time_zone: str = Field("Asia/Shanghai", description="time zone of a person who has not set one")

    send_rate: float = Field(30, gt=0, description="messages a second over all chats (Telegram's ceiling is 30)")
    chat_rate: float = Field(1, gt=0, description="messages a second in one chat, with short bursts")
    keep_days: int = Field(30, ge=2, description="days for which delivered raw messages are kept")

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level that is logged")
    log_format: Literal["console", "json"] = Field("console", description="how log lines look")

    @field_validator("telegram_token", "webhook_url", "webhook_secret", "database_url", mode="before")
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("not a time zone of the IANA list, such as Asia/Shanghai")
        return value

    @model_validator(mode="after")
    def _webhook_needs_secret(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("COACH_WEBHOOK_URL needs COACH_WEBHOOK_SECRET (1-256 letters, digits, - or _)")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The default time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def sqlite_file(self) -> Path:
        """The file of the embedded database."""
        return self.data_dir / "coach.sqlite3"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite+aiosqlite:///{self.sqlite_file}"


def wrong_setting(error: ValidationError) -> str:
    """The name of the wrong variable and what is wrong with it, in one line without its value."""
    first = error.errors()[0]
    name = "_".join(["COACH", *(str(part) for part in first["loc"])]).upper()
    return f"{name}: {first['msg']}"


def signing_key(token: str) -> bytes:
    """The key that signs buttons, 32 bytes, derived from the bot's token so that it outlives a restart."""
    return hashlib.sha256(b"zhixing buttons\0" + token.encode()).digest()
