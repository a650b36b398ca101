"""What the coach remembers: one table per file."""

from bot.models.base import Base
from bot.models.message import MessageState, OutboxMessage
from bot.models.person import Person, Role
from bot.models.question import Question
from bot.models.update import RawUpdate, UpdateState

__all__ = ["Base", "MessageState", "OutboxMessage", "Person", "Question", "RawUpdate", "Role", "UpdateState"]
