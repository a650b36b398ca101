"""What the coach remembers: one table per file."""

from bot.models.account import Account, AccountTransfer, Tier, Trend
from bot.models.base import Base
from bot.models.broadcast import Broadcast, BroadcastCopy
from bot.models.complaint import Complaint
from bot.models.contact import Contact, Stance
from bot.models.draft import Draft
from bot.models.escalation import Escalation, HelpRequest, LeadAnswer
from bot.models.flag import Evaluation, Flag
from bot.models.goal import Goal, GoalKind
from bot.models.handbook import Handbook, HandbookState, Passage, TeamAnswer
from bot.models.invitation import Invitation
from bot.models.leave import Leave
from bot.models.market_report import MarketReport, Topic
from bot.models.message import MessageState, OutboxMessage, Urgency
from bot.models.next_step import NextStep
from bot.models.note import Note, NoteState
from bot.models.person import Person, Role
from bot.models.plan import DayDraft, DayPlan, DayReview, PlannedAccount, PlannedState
from bot.models.policy import Policy
from bot.models.preferences import Preferences
from bot.models.promise import ClientPromise, Promise
from bot.models.proposal import Proposal
from bot.models.question import Question
from bot.models.reminder import Aside, Kind, Reminder, ReminderState, Schedule
from bot.models.team import Membership, Team
from bot.models.update import RawUpdate, UpdateState
from bot.models.upload import Upload, UploadState
from bot.models.visit import Outcome, Visit
from bot.models.wording import WordingSample

__all__ = [
    "Account",
    "AccountTransfer",
    "Aside",
    "Base",
    "Broadcast",
    "BroadcastCopy",
    "ClientPromise",
    "Complaint",
    "Contact",
    "DayDraft",
    "DayPlan",
    "DayReview",
    "Draft",
    "Escalation",
    "Evaluation",
    "Flag",
    "Goal",
    "GoalKind",
    "Handbook",
    "HandbookState",
    "HelpRequest",
    "Invitation",
    "Kind",
    "LeadAnswer",
    "Leave",
    "MarketReport",
    "Membership",
    "MessageState",
    "NextStep",
    "Note",
    "NoteState",
    "OutboxMessage",
    "Outcome",
    "Passage",
    "Person",
    "PlannedAccount",
    "PlannedState",
    "Policy",
    "Preferences",
    "Promise",
    "Proposal",
    "Question",
    "RawUpdate",
    "Reminder",
    "ReminderState",
    "Role",
    "Schedule",
    "Stance",
    "Team",
    "TeamAnswer",
    "Tier",
    "Topic",
    "Trend",
    "UpdateState",
    "Upload",
    "UploadState",
    "Urgency",
    "Visit",
    "WordingSample",
]
