"""Invitations on the phone: a link and a picture to scan, those that are still open, and taking one back."""

from __future__ import annotations

import io

import segno
from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.context import CoachContext, in_place
from bot.keyboards import Button
from bot.models import Invitation, Person, Role, Team
from bot.replies import Picture, Reply, Say
from bot.services import invitations, teams

PIXELS = 8
"""Of the picture for each of the code's squares: some 360 in all, as wide as a phone."""


async def invite(_update: Update, context: CoachContext) -> Picture:
    """Invite one person: the link, and the same as a picture. Raises NoSuchRecord, AlreadyDone at a double tap."""
    team_id, role, *awaited = context.arguments
    link = await invitations.create(
        context.session,
        context.person,
        int(team_id),
        Role(role),
        context.now,
        awaited_id=int(awaited[0]) if awaited else None,
    )
    address = create_deep_linked_url(context.bot.username, link.token)
    team = await teams.led(context.session, context.person, int(team_id))
    html = context.text(
        "invite-link",
        link=address,
        team=team.name,
        role=context.label(f"team-role-{role}"),
        day=_until(context, link.invitation),
    )
    buttons = [[Button(context.label("invite-revoke"), f"uninvite:{link.invitation.id}")]]
    return Picture(qr_code(address), html, buttons)


async def list_invitations(update: Update, context: CoachContext) -> Reply:
    """Show the invitations of a team that are still open. Raises NoSuchRecord."""
    team = await teams.led(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _open_ones(context, team))


async def revoke(update: Update, context: CoachContext) -> Reply:
    """Take an invitation back; what is left of them. Raises NoSuchRecord where it was used or taken back."""
    invitation_id, *in_list = context.arguments
    team = await invitations.revoke(context.session, context.person, int(invitation_id))
    if in_list:
        return in_place(update.callback_query, await _open_ones(context, team))
    return Say(context.text("invite-revoked"))


def qr_code(text: str) -> bytes:
    """A QR code as PNG, black on white with its quiet zone."""
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=PIXELS, border=4)
    return picture.getvalue()


async def _open_ones(context: CoachContext, team: Team) -> Say:
    found = await invitations.open_of(context.session, team, context.now)
    buttons = []
    for invitation in found:
        role = context.label(f"team-role-{invitation.role}")
        if invitation.person_id is not None:
            awaited = await context.session.get_one(Person, invitation.person_id)
            role = f"{role} {awaited.name}"
        label = context.label("invite-open-revoke", role=role, day=_until(context, invitation))
        buttons.append([Button(label, f"uninvite:{invitation.id}:list")])
    buttons.append([Button(context.label("team-back-to-team", team=team.name), f"team:{team.id}")])
    return Say(context.text("invite-open" if found else "invite-open-none", team=team.name), buttons)


def _until(context: CoachContext, invitation: Invitation) -> str:
    return context.day(context.person.local(invitation.expires_at).date())
