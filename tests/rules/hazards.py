"""What a process may do to itself or suffer; a module of its own, since the worker's process has to import it."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

from rules import worker
from rules.engine import SESSION


def kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_self_once(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        kill_self()
    return "alive"


def segfault() -> None:
    ctypes.string_at(0)


def delete_a_session_in_which_nothing_fired() -> None:
    """durable_rules 2.0.28 reads an uninitialised pointer here, which is why every run fires `start` first."""
    engine = worker._engines[0]
    engine._session.begin(engine._ruleset._handle)
    engine._session.send({"k": "nobody listens", "id": "0"})
    engine._ruleset.delete_state(SESSION)


def loop_for_ever() -> None:
    while True:
        pass


def sleep_in_c() -> None:
    ctypes.CDLL(None).sleep(600)
