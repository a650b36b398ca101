"""The local phone as a newcomer gets it: on a port of this computer, its history kept in the data folder."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime as dtm
import json
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.phone.botapi import BotApi, Persona
from bot.phone.server import PhoneServer

SAVE_SECONDS = 2.0
NEXT_PORTS = 20
"""Ports tried after the wished one, where that is taken."""


class NoFreePort(OSError):
    """None of the tried ports is free."""


@contextlib.asynccontextmanager
async def local_phone(
    file: Path,
    *,
    port: int,
    clock: Clock,
    zone: ZoneInfo,
    personas: Sequence[Persona],
    texts: Callable[[str], Mapping[str, str]],
) -> AsyncIterator[PhoneServer]:
    """Serve the phone as long as the block runs; `file` holds its history and the position of its clock.

    Raises NoFreePort where none of the tried ports is free.
    """
    saved = _read(file)
    token = saved.get("token") or f"1:{base64.urlsafe_b64encode(secrets.token_bytes(24)).decode()}"
    clock.shift = dtm.timedelta(seconds=saved.get("shift_s", 0))
    api = BotApi(token, now=clock.now, system=clock.system, personas=personas)
    if "state" in saved:
        with contextlib.suppress(ValueError):
            api.load(saved["state"])
        api.join(*personas)
    server = PhoneServer(api, clock=clock, zone=zone, texts=texts)
    await _start(server, port)
    saving = asyncio.create_task(_keep_saving(file, api, clock))
    try:
        yield server
    finally:
        saving.cancel()
        await asyncio.gather(saving, return_exceptions=True)
        _write(file, _dumped(api, clock))
        await server.stop()


async def _start(server: PhoneServer, port: int) -> None:
    for candidate in range(port, port + NEXT_PORTS):
        with contextlib.suppress(OSError):
            await server.start(candidate if port else 0)
            return
    raise NoFreePort(f"{port}-{port + NEXT_PORTS - 1}")


def _read(file: Path) -> dict[str, Any]:
    """What was saved; nothing where there is no file or it cannot be read: the phone's history is for show."""
    try:
        saved: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return saved


async def _keep_saving(file: Path, api: BotApi, clock: Clock) -> None:
    seen = (api.rev, clock.shift)
    while True:
        await asyncio.sleep(SAVE_SECONDS)
        if seen != (seen := (api.rev, clock.shift)):
            await asyncio.to_thread(_write, file, _dumped(api, clock))


def _dumped(api: BotApi, clock: Clock) -> str:
    whole = {"token": api.token, "shift_s": clock.shift.total_seconds(), "state": api.dump()}
    return json.dumps(whole, ensure_ascii=False)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
