"""Expected failures, each with the id of the text that tells the person what to do.

CoachError
├── UnreadableMessage   what was sent cannot be read (empty, too long, a sticker, a voice note)
├── UnknownCommand      a command that does not exist
├── NotInvited          somebody who has not been invited
├── StaleButton         a button that is too old, forged, or somebody else's
├── NoSuchRecord        a record that does not exist, or not for this person
├── AlreadyDone         a tap on something that was settled before
├── OutdatedCard        a tap on a card that has changed since
├── AccountNeeded       a note that still asks for its account
├── TooLongAgo          a visit that lies further back than may be noted
├── TooLateToUndo       an undo after its time
└── UnclearDate         typed words that name no day
"""

from __future__ import annotations


class CoachError(Exception):
    """Base of all: `text_id` of the locale files, and the values that the text needs."""

    text_id = "failure-unknown"

    def __init__(self, text_id: str | None = None, **values: str | int) -> None:
        self.text_id = text_id or self.text_id
        self.values = values
        super().__init__(self.text_id)


class UnreadableMessage(CoachError):
    """What was sent cannot be read; the text id says which kind it was."""


class UnknownCommand(CoachError):
    """A command that does not exist."""

    text_id = "failure-unknown-command"


class NotInvited(CoachError):
    """Somebody who has not been invited."""

    text_id = "gate-needs-invitation"


class StaleButton(CoachError):
    """A button that is too old, forged, or somebody else's."""

    text_id = "failure-stale-button"


class NoSuchRecord(CoachError):
    """A record that does not exist for this person."""

    text_id = "failure-no-such-record"


class AlreadyDone(CoachError):
    """A tap on something that was settled before."""

    text_id = "failure-already-done"


class UnclearDate(CoachError):
    """Typed words that name no day, or one that does not fit."""

    text_id = "failure-unclear-date"


class OutdatedCard(CoachError):
    """A tap on a card that has changed since; the newer one stands further down."""

    text_id = "failure-outdated-card"


class AccountNeeded(CoachError):
    """A note that still asks for its account."""

    text_id = "failure-account-needed"


class TooLongAgo(CoachError):
    """A visit that lies further back than the policy lets be noted; `days` says how far that is."""

    text_id = "failure-too-long-ago"


class TooLateToUndo(CoachError):
    """An undo after its time."""

    text_id = "failure-too-late-to-undo"
