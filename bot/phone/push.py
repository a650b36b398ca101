"""Webhook delivery as Telegram does it: per chat in order, with the secret, again until the bot says 2xx."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

import httpx

from bot.phone.bell import Bell
from bot.phone.botapi import BotApi
from bot.phone.state import Json, Webhook

HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_S = 60
IDLE_S = 3600
FIRST_RETRY_S = 0.1
LAST_RETRY_S = 5.0


async def push(api: BotApi, updates: Bell) -> None:
    """Deliver updates to whatever webhook is set, until the bell is muted."""
    async with httpx.AsyncClient(timeout=ANSWER_S, trust_env=False, limits=httpx.Limits(max_connections=100)) as client:
        while not updates.muted:
            if api.state.webhook is None:
                await updates.heard(IDLE_S)
            else:
                await _Delivery(api, api.state.webhook, client).run(updates)


class _Delivery:
    """The time during which one webhook is set."""

    def __init__(self, api: BotApi, hook: Webhook, client: httpx.AsyncClient) -> None:
        self._state = api.state
        self._hook = hook
        self._client = client
        self._slots = asyncio.Semaphore(hook.max_connections)
        self._lanes: dict[int, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen = 0

    async def run(self, updates: Bell) -> None:
        """Hand updates to the lane of their chat until another webhook is set, or none."""
        try:
            while self._state.webhook is self._hook and not updates.muted:
                self._hand_out()
                await updates.heard(IDLE_S)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hand_out(self) -> None:
        new = []
        for update in reversed(self._state.updates.values()):
            if update["update_id"] <= self._seen:
                break
            new.append(update)
        for update in reversed(new):
            self._seen = update["update_id"]
            chat = chat_of(update)
            if chat in self._lanes:
                self._lanes[chat].append(update)
            else:
                self._lanes[chat] = deque([update])
                task = asyncio.create_task(self._drive(chat))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _drive(self, chat: int) -> None:
        """Deliver one chat's updates, each before the next."""
        lane = self._lanes[chat]
        while lane:
            update, pause = lane[0], FIRST_RETRY_S
            while update["update_id"] in self._state.updates and not await self._delivered(update):
                await asyncio.sleep(pause)
                pause = min(2 * pause, LAST_RETRY_S)
            lane.popleft()
            self._state.updates.pop(update["update_id"], None)
        del self._lanes[chat]

    async def _delivered(self, update: Json) -> bool:
        headers = {HEADER: self._hook.secret} if self._hook.secret else {}
        async with self._slots:
            problem = "Connection failed"
            with contextlib.suppress(httpx.HTTPError):
                answer = await self._client.post(self._hook.url, json=update, headers=headers)
                if answer.is_success:
                    return True
                problem = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        self._hook.last_error = problem
        self._hook.last_error_date = int(self._state.seconds())
        return False


def chat_of(update: Json) -> int:
    """Return the chat whose order an update belongs to; 0 for those of no chat."""
    content: Json = next((value for key, value in update.items() if key != "update_id"), {})
    chat = content.get("chat") or content.get("message", {}).get("chat") or content.get("from") or {}
    found = chat.get("id", 0)
    return found if isinstance(found, int) else 0
