"""Evaluation: the rules look at people after a change and twice a day; what is new and matters is told, sparingly."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from markupsafe import Markup, escape
from sqlalchemy.ext.asyncio import AsyncSession

from bot import flag_words
from bot.clock import Clock
from bot.database import Database
from bot.delivery import outbox
from bot.keyboards import Button, Signer
from bot.models import Aside, Person, Urgency
from bot.replies import Say
from bot.services import flags, histories, judging, proposals, silence
from bot.services.agenda import agenda_of
from bot.services.facts import facts_of
from bot.texts import LINE, Texts, Voice, fitted, height
from rules.assessment import Assessment
from rules.facts import Fact
from rules.rule import Severity
from rules.worker import Worker

log = structlog.stdlib.get_logger(__name__)

GROUP = 100
"""People whose histories are gathered together."""

WAKING = (dtm.time(8), dtm.time(20))
"""Local hours in which something unasked may be told (domain.md §3)."""

MOST_LINES = 12
"""Lines of a message on a phone (domain.md §1)."""

AFTER_ALARM = dtm.timedelta(hours=1)


@dataclass(frozen=True)
class Evaluation:
    """The job with all that it needs."""

    database: Database
    clock: Clock
    worker: Worker
    texts: Texts
    signer: Signer
    default_locale: str

    async def run(self) -> int:
        """Look at everybody who is due; return how many there were. Nothing is told where engine and matcher differ."""
        now = self.clock.now()
        async with self.database.read() as session:
            people = await flags.due(session, now, GROUP)
            days = {person.id: person.today(now) for person in people}
            found = await histories.gather(session, people, days, is_over=False) if people else {}
        for person in people:
            facts = facts_of(found[person.id], self.worker.matcher)
            try:
                judged = await self.worker.evaluate([*facts, *agenda_of(found[person.id])])
            except judging.FAILURES as error:
                log.exception("evaluation_failed", person=person.id, error=type(error).__name__)
                await self._put_off(person.id, now)
            else:
                await self._keep(person.id, facts, judged, now)
        return len(people)

    async def _put_off(self, person_id: int, now: dtm.datetime) -> None:
        async with self.database.begin() as session:
            (await session.get_one(Person, person_id)).evaluate_at = now + AFTER_ALARM

    async def _keep(self, person_id: int, facts: list[Fact], judged: Assessment, now: dtm.datetime) -> None:
        async with self.database.begin() as session:
            person = await session.get_one(Person, person_id)
            if person.removed_at is not None:
                return
            today = person.today(now)
            await flags.store(session, person, facts, judged, today=today, now=now)
            flags.looked_at(person, now, flags.next_look(person, now))
            await proposals.store(session, person, judged, today, now)
            new = [one for one in await flags.open_of(session, person, today) if one.flag.nudged_at is None]
            if not await self._may_tell(session, person, new, now):
                return
            assert person.telegram_id is not None
            once = f"flag:{new[0].flag.id}" if _is_critical(new) else f"flags:{person.id}:{today}"
            letter = outbox.letter(self._nudge(person, new, now), person.telegram_id, None, self.signer, now)
            await outbox.insert(session, outbox.rows(person.telegram_id, [(once, letter)], self.clock.system()))
            await silence.spoke(session, person, Aside.FLAG, once, now)

    async def _may_tell(self, session: AsyncSession, person: Person, new: list[flags.Shown], now: dtm.datetime) -> bool:
        """Whether new flags are told now: critical ones in waking hours at once, any others once a day."""
        time = person.local(now).time()
        if not new or not WAKING[0] <= time < WAKING[1] or not (_is_critical(new) or time >= flags.LOOKS[1]):
            return False
        return await silence.may_speak(session, person, now, Aside.FLAG, urgent=_is_critical(new))

    def _nudge(self, person: Person, new: list[flags.Shown], now: dtm.datetime) -> Say:
        """What is told of new flags, in one message.

        All of them count as told: the message names the worst three and how many more there are.
        """
        voice = Voice(self.texts, person.speaks(self.default_locale))
        named = new[: flags.MOST_NUDGED]
        whys = [flag_words.reasons(voice, one)[:1] for one in named]
        lines = _nudged(voice, named, whys)
        if height(lines) > MOST_LINES:
            lines = _nudged(voice, named, [[escape(fitted(why.striptags(), LINE)) for why in one] for one in whys])
        rows = [
            [Button(voice.label("flags-open", number=number), f"flag:{one.flag.id}")]
            for number, one in enumerate(named, start=1)
        ]
        if len(new) > flags.MOST_NUDGED:
            rows.append([Button(voice.label("flags-more", count=len(new) - flags.MOST_NUDGED), "flags:0")])
        for one in new:
            one.flag.nudged_at = now
        return Say(Markup("\n").join(lines), rows, urgency=Urgency.FLAG)


def _nudged(voice: Voice, named: Sequence[flags.Shown], whys: Sequence[Sequence[Markup]]) -> list[Markup]:
    """The lines of a nudge: what each flag is about, and why."""
    lines = [voice.text("flags-nudge")]
    for one, why in zip(named, whys, strict=True):
        lines += [flag_words.title(voice, one), *why]
    return lines


def _is_critical(shown: list[flags.Shown]) -> bool:
    return any(one.flag.severity == Severity.CRITICAL for one in shown)
