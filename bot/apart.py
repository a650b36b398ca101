"""A process of its own for whatever reads a stranger's file: it is given the file and nothing else, and ends in time.

It has a limit of memory and of processor time that it sets itself, and one on the clock that the coach keeps.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import signal
from collections.abc import Sequence
from pathlib import Path

import structlog

from bot.errors import CoachError

log = structlog.stdlib.get_logger(__name__)

MOST_MEMORY = 2**30
"""Bytes of address space; the largest file that the limits let through takes a third of it."""

ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
"""All that the process is given: no settings, no secrets, no threads that reserve memory."""


async def answer_of(
    program: Sequence[str], question: bytes, *, seconds: float, too_slow: CoachError, too_heavy: CoachError
) -> bytes:
    """What a program writes after it was given `question`.

    Raises `too_slow` where it took more than `seconds` or its processor time, `too_heavy` where it died.
    """
    process = await asyncio.create_subprocess_exec(
        *program,
        cwd=Path(__file__).parents[1],
        env=ENVIRONMENT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(question)
    except TimeoutError as error:
        raise too_slow from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode == -signal.SIGXCPU:
        raise too_slow
    if process.returncode != 0:
        log.warning("file_reader_died", status=process.returncode, size=len(question))
        raise too_heavy
    return said


def set_limits(processor_seconds: int) -> None:
    """Let this process have only so much memory and processor time from now on."""
    limits = {resource.RLIMIT_AS: MOST_MEMORY, resource.RLIMIT_CPU: processor_seconds}
    for limit, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a system without this limit still has the others
            resource.setrlimit(limit, (most, most + 1))  # the first can be told from a crash, the second is a kill
