"""/gaps, for leads: what their people asked and nothing answered well; a lead answers it in the chat, for his team."""

from __future__ import annotations

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnknownCommand
from bot.keyboards import Button, turns
from bot.models import Person, Role, Team, TeamAnswer
from bot.replies import Reply, Say
from bot.services import drafts, passages, people, questions, team_answers, teams
from bot.services.questions import Gap
from bot.texts import fitted, shortened

LINE = 11.5
"""Room of a question in the list, so that each takes one line of the phone."""

IN_ROW = 5
"""Numbers in one row of buttons."""

PAGE = 6
"""Answers on one screen."""

TOLD = 160
"""Characters of an answer in the list of gaps' reply; all of it is found by asking."""


async def gaps(_update: Update, context: CoachContext) -> Say:
    """List the commonest gaps. Raises UnknownCommand for a manager: for him there is no such command."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    search = context.shared.search
    found = await questions.gaps(context.session, search.terms, context.now, asked_by=await _whose(context))
    own = await team_answers.by(context.session, context.person)
    mine = [[Button(context.label("handbook-own-answers", count=len(own)), "team-answers:0")]] if own else []
    if not found:
        return Say(context.text("gaps-none"), mine)
    lines = [
        context.text(
            "gaps-line-disliked" if gap.disliked else "gaps-line",
            number=number,
            text=fitted(gap.text, LINE),
            count=gap.count,
        )
        for number, gap in enumerate(found, start=1)
    ]
    numbers = [
        Button(context.label("gaps-answer", number=number), f"gap:{gap.questions[0].id}")
        for number, gap in enumerate(found, start=1)
    ]
    rows = [numbers[at : at + IN_ROW] for at in range(0, len(numbers), IN_ROW)]
    return Say(context.text("gaps-list", lines=Markup("\n").join(lines)), [*rows, *mine])


async def ask_answer(_update: Update, context: CoachContext) -> Say:
    """Ask a lead for his answer to a gap. Raises NoSuchRecord where it is none of his teams, or none any more."""
    gap = await _gap(context, int(context.arguments[0]))
    await drafts.ask(context.session, context.person, f"gap:{gap.questions[0].id}", context.now)
    html = context.text("gaps-ask", text=shortened(gap.text, 120), count=gap.count, limit=team_answers.LONGEST)
    return Say(html, [[Button(context.label("gaps-cancel"), "cancel")]])


async def take_answer(text: str, context: CoachContext) -> list[Reply]:
    """Keep a lead's answer for the teams of those who asked, and tell each of them once.

    Raises NoSuchRecord, AnswerTooLong.
    """
    gap = await _gap(context, int(context.arguments[0]))
    askers = [await context.session.get_one(Person, one) for one in {one.person_id for one in gap.questions}]
    told: list[Say] = []
    answers: list[tuple[TeamAnswer, Team]] = []
    for team in await _teams_of(context, askers):
        answer = await team_answers.write(
            context.session, context.person, team, question=gap.text, words=text, now=context.now
        )
        answers.append((answer, team))
        members = {one.id for one in await teams.members(context.session, team)}
        told += _tell(context, answer, gap, [one for one in askers if one.id in members])
    questions.settle(gap)
    names = context.label("handbook-between").join(team.name for _, team in answers)
    html = context.text("gaps-answered", team=names, count=len(told), text=shortened(gap.text))
    return [Say(html, [_acts(context, answers[0][0])]), *told]


async def list_answers(update: Update, context: CoachContext) -> Reply:
    """List what a lead answered; empty for a manager."""
    page = int(context.arguments[0])
    answers = await team_answers.by(context.session, context.person)
    if not answers:
        return in_place(update.callback_query, Say(context.text("gaps-no-answers")))
    shown = answers[page * PAGE : (page + 1) * PAGE]
    lines = [context.text("gaps-answers", count=len(answers))]
    lines += [
        context.text("gaps-answers-line", number=number, text=shortened(answer.question))
        for number, answer in enumerate(shown, start=1)
    ]
    numbers = [Button(f"{number}", f"team-answer:{one.id}") for number, one in enumerate(shown, start=1)]
    turn = turns("team-answers", page, len(answers), PAGE)
    return in_place(update.callback_query, Say(Markup("\n").join(lines), [numbers, *turn]))


async def open_answer(update: Update, context: CoachContext) -> Reply:
    """Show one answer of a lead's own. Raises NoSuchRecord, AlreadyDone."""
    answer = await team_answers.own(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _opened(context, answer))


async def ask_change(_update: Update, context: CoachContext) -> Say:
    """Ask for other words. Raises NoSuchRecord, AlreadyDone."""
    answer = await team_answers.own(context.session, context.person, int(context.arguments[0]))
    await drafts.ask(context.session, context.person, f"answer-edit:{answer.id}", context.now)
    html = context.text("gaps-change", text=shortened(answer.question), limit=team_answers.LONGEST)
    return Say(html, [[Button(context.label("gaps-cancel"), "cancel")]])


async def take_change(text: str, context: CoachContext) -> Say:
    """Put other words into an answer. Raises NoSuchRecord, AlreadyDone, AnswerTooLong."""
    answer = await team_answers.change(context.session, context.person, int(context.arguments[0]), text)
    return await _opened(context, answer)


async def remove(update: Update, context: CoachContext) -> Reply:
    """Ask once more, then take an answer back. Raises NoSuchRecord, AlreadyDone."""
    answer_id, *sure = context.arguments
    if not sure:
        answer = await team_answers.own(context.session, context.person, int(answer_id))
        buttons = [
            [Button(context.label("gaps-remove-sure"), f"answer-drop:{answer.id}:yes")],
            [Button(context.label("gaps-remove-not"), f"team-answer:{answer.id}")],
        ]
        return in_place(
            update.callback_query, Say(context.text("gaps-remove-ask", text=shortened(answer.question)), buttons)
        )
    answer = await team_answers.remove(context.session, context.person, int(answer_id), context.now)
    return in_place(update.callback_query, Say(context.text("gaps-removed", text=shortened(answer.question))))


async def _whose(context: CoachContext) -> list[int]:
    """The ids of those whose questions a person may see: his teams' managers and himself, an owner everybody's."""
    return [one.id for one in await people.visible_to(context.session, context.person)]


async def _gap(context: CoachContext, question_id: int) -> Gap:
    if context.person.role == Role.MANAGER:
        raise NoSuchRecord
    terms, asked_by = context.shared.search.terms, await _whose(context)
    return await questions.gap_of(context.session, terms, context.now, question_id, asked_by=asked_by)


async def _teams_of(context: CoachContext, askers: list[Person]) -> list[Team]:
    """The teams of those who asked, as far as the author leads them; his own where nobody who asked is in one."""
    led = await teams.led_by(context.session, context.person)
    theirs = {team.id for asker in askers for team in await teams.teams_of(context.session, asker)}
    found = [team for team in led if team.id in theirs] or list(led)[: passages.MOST_TEAMS]
    if not found:
        raise NoSuchRecord
    return found


def _tell(context: CoachContext, answer: TeamAnswer, gap: Gap, askers: list[Person]) -> list[Say]:
    return [
        said
        for asker in askers
        if asker.id != context.person.id
        for said in context.tell(
            asker,
            "gaps-told",
            once=f"answered:{answer.id}:{asker.id}",
            question=shortened(next(one.text for one in gap.questions if one.person_id == asker.id)),
            name=context.person.name,
            text=shortened(answer.text, TOLD),
        )
    ]


async def _opened(context: CoachContext, answer: TeamAnswer) -> Say:
    team = await teams.led(context.session, context.person, answer.team_id)
    day = context.day(context.person.today(answer.written_at))
    html = context.text("gaps-one", question=shortened(answer.question, 80), text=answer.text, team=team.name, day=day)
    back = [Button(context.label("gaps-back"), "team-answers:0")]
    return Say(html, [_acts(context, answer), back])


def _acts(context: CoachContext, answer: TeamAnswer) -> list[Button]:
    return [
        Button(context.label("gaps-edit"), f"answer-edit:{answer.id}"),
        Button(context.label("gaps-remove"), f"answer-drop:{answer.id}"),
    ]
