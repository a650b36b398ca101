"""/team, for leads and owners: teams and who is in them; roles, moves and removal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnknownCommand
from bot.keyboards import Button, Keyboard, turns
from bot.models import Person, Role, Team
from bot.replies import Reply, Say
from bot.services import drafts, invitations, leave, people, personal_data, teams, transfers

PAGE = 8
"""People on one page of a team."""


async def show_teams(_update: Update, context: CoachContext) -> Say:
    """Show the teams that the asker leads; the only one at once. Raises UnknownCommand for a manager."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    led = await teams.led_by(context.session, context.person)
    return await page_of(context, led[0]) if _has_one_team(context, led) else await _overview(context)


async def open_teams(update: Update, context: CoachContext) -> Reply:
    """Go back to all teams. Raises NoSuchRecord for a manager."""
    return in_place(update.callback_query, await _overview(context))


async def open_team(update: Update, context: CoachContext) -> Reply:
    """Show a team, or another page of it. Raises NoSuchRecord."""
    team_id, *page = map(int, context.arguments)
    team = await teams.led(context.session, context.person, team_id)
    return in_place(update.callback_query, await page_of(context, team, *page))


async def open_unplaced(update: Update, context: CoachContext) -> Reply:
    """Show an owner who is in no team. Raises NoSuchRecord."""
    return in_place(update.callback_query, await _owners_list(context, "team-unplaced", teams.unplaced))


async def open_removed(update: Update, context: CoachContext) -> Reply:
    """Show an owner who was removed. Raises NoSuchRecord."""
    return in_place(update.callback_query, await _owners_list(context, "team-removed", people.removed))


async def open_wishing(update: Update, context: CoachContext) -> Reply:
    """Show an owner who has asked for his deletion. Raises NoSuchRecord."""
    return in_place(update.callback_query, await _owners_list(context, "team-wishing", personal_data.wishing))


async def ask_team_name(_update: Update, context: CoachContext) -> Say:
    """Ask an owner for the name of a new team. Raises NoSuchRecord for anybody else."""
    if context.person.role != Role.OWNER:
        raise NoSuchRecord
    await drafts.ask(context.session, context.person, "team-new", context.now)
    return Say(context.text("team-ask-name"))


async def found_team(text: str, context: CoachContext) -> Say:
    """Found the team whose name was typed. Raises TeamNameRefused."""
    team = await teams.create(context.session, context.person, text, context.now)
    return await page_of(context, team)


async def open_member(update: Update, context: CoachContext) -> Reply:
    """Show one member. Raises NoSuchRecord."""
    person = await people.led(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await card(context, person))


async def change_role(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Offer the other roles; give the one that was tapped and tell him. Raises NoSuchRecord."""
    person_id, *chosen = context.arguments
    if not chosen:
        person = await people.led(context.session, context.person, int(person_id))
        roles = [role for role in Role if role != person.role]
        buttons = [[Button(context.label(f"team-role-{role}"), f"role:{person.id}:{role}")] for role in roles]
        return [in_place(update.callback_query, _question(context, person, "team-which-role", buttons))]
    changed = await people.change_role(context.session, context.person, int(person_id), Role(chosen[0]), context.now)
    person = changed or await people.led(context.session, context.person, int(person_id))
    told = context.tell(person, f"team-your-role-{person.role}") if changed else []
    return [in_place(update.callback_query, await card(context, person)), *told]


async def move(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Offer the teams; put a manager into the one that was tapped and tell him. Raises NoSuchRecord."""
    person_id, *chosen = map(int, context.arguments)
    if chosen:
        team = await teams.move(context.session, context.person, person_id, chosen[0])
        person = await people.led(context.session, context.person, person_id)
        told = context.tell(person, "team-your-team", team=team.name) if team else []
        return [in_place(update.callback_query, await card(context, person)), *told]
    person = await people.led(context.session, context.person, person_id)
    if person.role == Role.LEAD:
        return [in_place(update.callback_query, await _led_teams(context, person))]
    led = await teams.led_by(context.session, context.person)
    buttons = [[Button(team.name, f"move:{person.id}:{team.id}")] for team in led]
    return [in_place(update.callback_query, _question(context, person, "team-which-team", buttons))]


async def let_lead(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Let a lead lead one more team or one less, and tell him. Raises NoSuchRecord."""
    person_id, team_id, leads = map(int, context.arguments)
    team = await teams.let_lead(context.session, context.person, person_id, team_id, leads=bool(leads))
    person = await people.led(context.session, context.person, person_id)
    news = "team-you-lead" if leads else "team-you-lead-no-longer"
    told = context.tell(person, news, team=team.name) if team else []
    return [in_place(update.callback_query, await _led_teams(context, person)), *told]


async def remove(update: Update, context: CoachContext) -> Reply:
    """Ask once more, then shut somebody out. Raises NoSuchRecord."""
    person_id, *sure = context.arguments
    if sure:
        person = await people.remove(context.session, context.person, int(person_id), context.now)
        return in_place(update.callback_query, await card(context, person))
    person = await people.led(context.session, context.person, int(person_id))
    buttons = [[Button(context.label("team-remove-sure"), f"remove:{person.id}:yes")]]
    return in_place(update.callback_query, _question(context, person, "team-remove-ask", buttons))


async def page_of(context: CoachContext, team: Team, page: int = 0) -> Say:
    """A team with a button for each member for whom the asker may act."""
    members = await teams.members(context.session, team)
    managers = [person for person in members if person.role == Role.MANAGER]
    leads = [person for person in members if person.role == Role.LEAD]
    left = await teams.leavers(context.session, team)
    owner = context.person.role == Role.OWNER
    listed = [*(leads if owner else []), *managers, *left]
    shown = listed[page * PAGE : (page + 1) * PAGE]
    buttons = [[Button(await _in_one_line(context, person), f"member:{person.id}")] for person in shown]
    turn = turns(f"team:{team.id}", page, len(listed), PAGE)
    roles = [Role.MANAGER, Role.LEAD] if owner else [Role.MANAGER]
    invite = [Button(context.label(f"team-invite-{role}"), f"invite:{team.id}:{role}") for role in roles]
    more = []
    if managers:
        more.append(Button(context.label("team-export"), f"team-export:{team.id}"))
    if opened := await invitations.open_of(context.session, team, context.now):
        more.append(Button(context.label("team-invitations", count=len(opened)), f"invites:{team.id}"))
    if not _has_one_team(context, await teams.led_by(context.session, context.person)):
        more.append(Button(context.label("team-back-to-teams"), "teams"))
    html = context.text(
        "team-page",
        team=team.name,
        leads=context.label("team-between").join(person.name for person in leads) or context.label("team-no-lead"),
        managers=len(managers),
    )
    return Say(html, [*buttons, *turn, invite, *([more] if more else [])])


async def card(context: CoachContext, person: Person) -> Say:
    """One member, with what the asker may do for him."""
    found = await teams.teams_of(context.session, person)
    accounts = len(await transfers.book(context.session, person))
    days_off = await leave.upcoming(context.session, person, person.today(context.now))
    lines = context.text(
        "team-member",
        name=person.name,
        role=context.label(f"team-role-{person.role}"),
        team=context.label("team-between").join(team.name for team in found) or context.label("team-none"),
        seen=_sign_of_life(context, person),
        accounts=accounts,
    )
    if person.removed_at is not None:
        lines += context.text("team-member-removed", day=context.day(person.local(person.removed_at).date()))
    elif days_off:
        first, last = context.day(days_off[0].first_day), context.day(days_off[0].last_day)
        lines += context.text("team-member-leave", first=first, last=last)
    return Say(lines, [*_acts(context, person, found, accounts), _back(context, person, found)])


async def _overview(context: CoachContext) -> Say:
    """All teams that the asker leads, and for an owner whoever is in none. Raises NoSuchRecord for a manager."""
    if context.person.role == Role.MANAGER:
        raise NoSuchRecord
    led = await teams.led_by(context.session, context.person)
    buttons = [[Button(team.name, f"team:{team.id}")] for team in led]
    if context.person.role == Role.OWNER:
        if unplaced := await teams.unplaced(context.session, context.person):
            buttons.append([Button(context.label("team-unplaced-button", count=len(unplaced)), "unplaced")])
        if removed := await people.removed(context.session, context.person):
            buttons.append([Button(context.label("team-removed-button", count=len(removed)), "removed")])
        if wishing := await personal_data.wishing(context.session, context.person):
            buttons.append([Button(context.label("team-wishing-button", count=len(wishing)), "wishing")])
        buttons.append([Button(context.label("team-new"), "team-new")])
    if not led:
        return Say(context.text(f"team-list-none-{context.person.role}"), buttons)
    return Say(context.text("team-list", count=len(led)), buttons)


async def _owners_list(
    context: CoachContext, text_id: str, find: Callable[[AsyncSession, Person], Awaitable[Sequence[Person]]]
) -> Say:
    if context.person.role != Role.OWNER:
        raise NoSuchRecord
    found = await find(context.session, context.person)
    buttons = [[Button(await _in_one_line(context, person), f"member:{person.id}")] for person in found]
    return Say(context.text(text_id), [*buttons, [Button(context.label("team-back-to-teams"), "teams")]])


async def _led_teams(context: CoachContext, lead: Person) -> Say:
    """Every team with a mark where this lead leads it; a tap changes that."""
    led = {team.id for team in await teams.teams_of(context.session, lead)}
    buttons = [
        [
            Button(f"☑ {team.name}", f"let-lead:{lead.id}:{team.id}:0")
            if team.id in led
            else Button(f"☐ {team.name}", f"let-lead:{lead.id}:{team.id}:1")
        ]
        for team in await teams.led_by(context.session, context.person)
    ]
    return _question(context, lead, "team-which-teams", buttons)


async def _in_one_line(context: CoachContext, person: Person) -> str:
    """A member as a button's label: name, role where he is no manager, and how long since he was heard of."""
    parts = [person.name] if person.role == Role.MANAGER else [person.name, context.label(f"team-role-{person.role}")]
    if person.removed_at is None:
        return " · ".join([*parts, _sign_of_life(context, person)])
    accounts = len(await transfers.book(context.session, person))
    return " · ".join([*parts, context.label("team-left", accounts=accounts)])


def _sign_of_life(context: CoachContext, person: Person) -> str:
    """When somebody last typed or tapped something."""
    if person.telegram_id is None:
        return context.label("team-seen-not-joined")
    if person.unreachable_since is not None:
        return context.label("team-seen-blocked")
    if person.last_seen_on is None:
        return context.label("team-seen-never")
    days = (person.today(context.now) - person.last_seen_on).days
    return context.label("team-seen", days=days, day=context.day(person.last_seen_on))


def _acts(context: CoachContext, person: Person, found: Sequence[Team], accounts: int) -> Keyboard:
    """What the asker may do for a member, two buttons a row."""
    owner, here = context.person.role == Role.OWNER, person.removed_at is None
    acts = {
        f"role:{person.id}": owner and here,
        f"move:{person.id}": here and person.role != Role.OWNER,
        f"transfer:{person.id}": accounts > 0,
        f"leave:{person.id}": here,
        f"remove:{person.id}": here,
        f"delete:{person.id}": owner and not person.is_anonymous,
    }
    if found and here and person.telegram_id is None:
        acts = {f"invite:{found[0].id}:{person.role}:{person.id}": True} | acts
    buttons = [
        Button(context.label(f"team-act-{action.split(':')[0]}"), action) for action, offered in acts.items() if offered
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _question(context: CoachContext, person: Person, text_id: str, buttons: Keyboard) -> Say:
    """A question about a member, with a way back to him."""
    back = Button(context.label("team-back-to-member", name=person.name), f"member:{person.id}")
    return Say(context.text(text_id, name=person.name), [*buttons, [back]])


def _back(context: CoachContext, person: Person, found: Sequence[Team]) -> list[Button]:
    if found and not (person.removed_at and context.person.role == Role.OWNER):
        return [Button(context.label("team-back-to-team", team=found[0].name), f"team:{found[0].id}")]
    return [Button(context.label("team-back-to-teams"), "teams")]


def _has_one_team(context: CoachContext, led: Sequence[Team]) -> bool:
    """Whether the overview would tell a lead nothing more than his team does."""
    return context.person.role == Role.LEAD and len(led) == 1
