"""The context that every handler is given, and the turn behind it: one update's transaction and what it will say."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import CallbackQuery
from telegram.ext import CallbackContext, ExtBot

from bot.errors import NotInvited
from bot.keyboards import Button, Signer
from bot.models import Person, Urgency
from bot.replies import Reply, Rewrite, Say
from bot.services import silence
from bot.settings import Settings
from bot.texts import Texts, Voice
from knowledge.library import Library
from knowledge.search import Search
from rules.worker import Worker


@dataclass(frozen=True)
class Shared:
    """What lives as long as the process and is the same for everybody."""

    settings: Settings
    texts: Texts
    library: Library
    search: Search
    signer: Signer
    worker: Worker


@dataclass
class Turn:
    """One update from its first look to the commit: the session it writes in, its instant, what it says."""

    shared: Shared
    session: AsyncSession
    now: dtm.datetime
    locale: str
    person: Person | None = None
    action: str = ""
    replies: list[Reply] = field(default_factory=list)
    error: Exception | None = None


current_turn: ContextVar[Turn] = ContextVar("current_turn")


class CoachContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context, with the coach's own words for what a handler needs."""

    @property
    def turn(self) -> Turn:
        """The turn that is being taken."""
        return current_turn.get()

    @property
    def session(self) -> AsyncSession:
        """The session of this turn's transaction; nobody but the delivery commits it."""
        return self.turn.session

    @property
    def now(self) -> dtm.datetime:
        """The instant of this turn, UTC."""
        return self.turn.now

    @property
    def shared(self) -> Shared:
        """Texts, library and whatever else is the same for everybody."""
        return self.turn.shared

    @property
    def person(self) -> Person:
        """Who is speaking. Raises NotInvited for a stranger."""
        if self.turn.person is None:
            raise NotInvited
        return self.turn.person

    @property
    def locale(self) -> str:
        """The language in which the coach answers this person."""
        return self.turn.locale

    @property
    def voice(self) -> Voice:
        """The texts in this person's language."""
        return Voice(self.shared.texts, self.locale)

    @property
    def arguments(self) -> list[str]:
        """What stands behind the verb of the tapped button's action: `read:over-promising` gives one argument."""
        return self.turn.action.split(":")[1:]

    def text(self, text_id: str, **values: object) -> Markup:
        """A text in this person's language as Telegram HTML, the values escaped."""
        return self.voice.text(text_id, **values)

    def label(self, text_id: str, **values: object) -> str:
        """A text in this person's language without markup, for buttons and toasts."""
        return self.voice.label(text_id, **values)

    def day(self, day: dtm.date) -> str:
        """A date in this person's language, with its weekday."""
        return self.voice.day(day)

    def voice_of(self, person: Person) -> Voice:
        """The texts in another person's language."""
        return Voice(self.shared.texts, person.speaks(self.shared.settings.locale))

    def tell(
        self,
        person: Person,
        text_id: str,
        *,
        button: Button | None = None,
        once: str | None = None,
        waits: bool = False,
        urgency: Urgency = Urgency.FLAG,
        **values: object,
    ) -> list[Say]:
        """Something for another person, said in his language, dates too; nothing where he cannot be reached.

        The button's label is the id of a text. `once` is the idempotency key of the message. What `waits` is of that
        urgency and comes when his quiet hours are over; anything else comes at once.
        """
        if person.telegram_id is None or person.removed_at is not None or person.unreachable_since is not None:
            return []
        texts, locale = self.shared.texts, person.speaks(self.shared.settings.locale)
        buttons = [[Button(texts.plain(locale, button.label), button.action)]] if button else []
        said = {name: texts.day(locale, one) if isinstance(one, dtm.date) else one for name, one in values.items()}
        html = texts.html(locale, text_id, said)
        if not waits:
            return [Say(html, buttons, once, to=person.telegram_id)]
        until = silence.quiet_until(person, self.now)
        hold = dtm.timedelta() if until is None else until - self.now
        return [Say(html, buttons, once, to=person.telegram_id, urgency=urgency, hold=hold)]

    @property
    def today(self) -> dtm.date:
        """The date where this person is."""
        return self.person.today(self.now)

    def say(self, replies: Reply | Iterable[Reply] | None) -> None:
        """Add to what this turn says."""
        if replies is None:
            return
        self.turn.replies.extend(replies if isinstance(replies, Iterable) else [replies])


def in_place(query: CallbackQuery | None, said: Say) -> Reply:
    """The same words in the message whose button was tapped; a new message where that is gone or nothing was tapped."""
    message_id = tapped(query)
    return said if message_id is None else Rewrite(message_id, said.html, said.buttons)


def tapped(query: CallbackQuery | None) -> int | None:
    """The id of the message whose button was tapped, if it is still there."""
    return query.message.message_id if query and query.message else None
