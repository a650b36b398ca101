"""What the coach remembers: one table per file."""

from bot.models.account import Account, AccountTransfer, Tier, Trend
from bot.models.base import Base
from bot.models.complaint import Complaint
from bot.models.contact import Contact, Stance
from bot.models.draft import Draft
from bot.models.flag import Evaluation, Flag
from bot.models.invitation import Invitation
from bot.models.leave import Leave
from bot.models.market_report import MarketReport, Topic
from bot.models.message import MessageState, OutboxMessage
from bot.models.next_step import NextStep
from bot.models.note import Note, NoteState
from bot.models.person import Person, Role
from bot.models.plan import DayPlan, PlannedAccount
from bot.models.policy import Policy
from bot.models.promise import ClientPromise, Promise
from bot.models.question import Question
from bot.models.team import Membership, Team
from bot.models.update import RawUpdate, UpdateState
from bot.models.upload import Upload, UploadState
from bot.models.visit import Outcome, Visit
from bot.models.wording import WordingSample

__all__ = [
    "Account",
    "AccountTransfer",
    "Base",
    "ClientPromise",
    "Complaint",
    "Contact",
    "DayPlan",
    "Draft",
    "Evaluation",
    "Flag",
    "Invitation",
    "Leave",
    "MarketReport",
    "Membership",
    "MessageState",
    "NextStep",
    "Note",
    "NoteState",
    "OutboxMessage",
    "Outcome",
    "Person",
    "PlannedAccount",
    "Policy",
    "Promise",
    "Question",
    "RawUpdate",
    "Role",
    "Stance",
    "Team",
    "Tier",
    "Topic",
    "Trend",
    "UpdateState",
    "Upload",
    "UploadState",
    "Visit",
    "WordingSample",
]
