"""Settings: read from the environment, wrong ones named, secrets never shown."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.settings import Settings, signing_key


def test_without_anything_the_local_phone_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TELEGRAM_TOKEN", "  ")
    settings = Settings(_env_file=None)
    assert settings.telegram_token is None
    assert settings.database == "sqlite+aiosqlite:///var/coach.sqlite3"


@pytest.mark.parametrize(
    ("name", "value"),
    [("COACH_TIME_ZONE", "Mars/Olympus"), ("COACH_SEND_RATE", "0"), ("COACH_LOCALE", "fr"), ("COACH_PHONE_PORT", "x")],
)
def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        Settings(_env_file=None)
    assert name.removeprefix("COACH_").lower() in str(caught.value)


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(ValidationError, match="COACH_WEBHOOK_SECRET"):
        Settings(_env_file=None, webhook_url="https://coach.example")


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TELEGRAM_TOKEN", "123:hidden")
    assert "hidden" not in repr(Settings(_env_file=None))


def test_the_signing_key_outlives_a_restart_and_tells_bots_apart() -> None:
    assert signing_key("1:a") == signing_key("1:a")
    assert signing_key("1:a") != signing_key("1:b")
    assert len(signing_key("1:a")) == 32
