"""The table of contents: what the coach hears, and which conversation answers it.

A conversation is one file here. It reads what came in, asks a service, and returns what to say; it never
sends. The order below is the order of asking: in a group of handlers the first that fits answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.context import CoachContext
from bot.handlers import (
    account_file,
    accounts,
    answer,
    broadcasts,
    contacts,
    day_plan,
    digest,
    escalations,
    evening,
    exports,
    failure,
    flags,
    gaps,
    gate,
    goals,
    handbooks,
    help,  # noqa: A004
    help_requests,
    imports,
    invite,
    language,
    leave,
    message,
    month,
    mydata,
    note,
    note_fields,
    plan_items,
    plan_reasons,
    policy,
    preparation,
    promises,
    promising,
    reachability,
    settings,
    sharing,
    silence,
    start,
    team,
    team_knowledge,
    transfer,
    unreadable,
    wording,
)
from bot.replies import Reply

CoachApplication = Application[ExtBot[None], CoachContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
Replies = Reply | Iterable[Reply] | None
Conversation = Callable[[Update, CoachContext], Awaitable[Replies]]

COMMANDS: dict[str, Conversation] = {
    "start": start.start,
    "help": help.help_,
    "plan": day_plan.show_plan,
    "accounts": accounts.list_accounts,
    "prepare": preparation.prepare,
    "promises": promises.list_promises,
    "review": evening.review,
    "mayi": promising.ask,
    "check": wording.look_over,
    "flags": flags.list_flags,
    "whynot": flags.why_not,
    "askhelp": help_requests.askhelp,
    "goals": goals.show_goals,
    "export": exports.choose,
    "leave": leave.show_leave,
    "settings": settings.show_settings,
    "whatmyleadsees": digest.show_what_lead_sees,
    "mydata": mydata.show_data,
    "language": language.ask_language,
}
"""The commands in the order of the menu, each described by the text `command-<name>`."""

LEAD_COMMANDS: dict[str, Conversation] = {
    "digest": digest.digest,
    "owed": escalations.owed,
    "team": team.show_teams,
    "policy": policy.show_policies,
    "gaps": gaps.gaps,
    "handbook": handbooks.list_handbooks,
    "month": month.show_month,
    "broadcast": broadcasts.broadcast,
}
"""Commands of leads and owners; they are told in /help and do not exist for managers."""

SPOKEN: dict[str, Conversation] = {"snooze": silence.snooze_last}
"""What is understood in plain words (bot.language.intent) and has no command of its own."""

BUTTONS: dict[str, Conversation] = {
    "read": answer.read_article,
    "pick": answer.open_suggestion,
    "up": answer.praise,
    "down": answer.dislike,
    "why": answer.explain,
    "language": language.ask_language,
    "team-knows": team_knowledge.open_found,
    "passage": team_knowledge.open_passage,
    "handbooks": handbooks.turn_page,
    "handbook": handbooks.open_handbook,
    "handbook-for": handbooks.choose_team,
    "handbook-back": handbooks.bring_back,
    "handbook-drop": handbooks.remove,
    "gap": gaps.ask_answer,
    "team-answers": gaps.list_answers,
    "team-answer": gaps.open_answer,
    "answer-edit": gaps.ask_change,
    "answer-drop": gaps.remove,
    "lang": language.choose_language,
    "cancel": message.cancel,
    "note-ok": note.confirm,
    "note-no": note.discard,
    "note-undo": note.undo,
    "note-edit": note_fields.edit,
    "note-view": note.view,
    "note-pick": note_fields.pick,
    "note-set": note_fields.set_field,
    "note-type": note_fields.ask_typed,
    "note-is": note.take_as_note,
    "note-asks": note.take_as_question,
    "note-reopen": note.reopen,
    "notes-of": sharing.list_notes,
    "note-text": sharing.open_note,
    "note-share": sharing.share,
    "note-unshare": sharing.withdraw,
    "shared": sharing.list_shared,
    "as-note": note.take_question_as_note,
    "promises": promises.turn_page,
    "promise-kept": promises.keep,
    "promise-day": promises.ask_day,
    "promise-move": promises.move,
    "promise-drop": promises.withdraw,
    "promise-reopen": promises.reopen,
    "promises-of": promises.account_history,
    "client-owes": promises.list_client_promises,
    "promise-client-kept": promises.client_kept,
    "promise-client-drop": promises.client_withdrew,
    "plan": day_plan.open_day,
    "plan-again": day_plan.choose_again,
    "plan-tick": day_plan.tick,
    "plan-number": day_plan.ask_number,
    "plan-count": day_plan.take_count,
    "plan-less": day_plan.shorten,
    "plan-add": day_plan.ask_account,
    "plan-put": day_plan.put,
    "plan-ok": day_plan.confirm,
    "plan-visit": day_plan.prepare,
    "plan-ends": plan_items.open_ends,
    "plan-edit": plan_items.edit,
    "plan-done": plan_items.done,
    "plan-now": plan_items.take_up,
    "plan-move": plan_items.ask_day,
    "plan-moved": plan_items.move,
    "plan-drop": plan_items.ask_reason,
    "plan-dropped": plan_items.drop,
    "plan-undo": plan_items.undo,
    "plan-why": plan_reasons.why,
    "plan-because": plan_reasons.because,
    "plan-rules": plan_reasons.unfold,
    "plan-over": plan_reasons.too_many,
    "plan-five": plan_reasons.five,
    "goals": goals.open_goals,
    "goal-ask": goals.ask_target,
    "goal-set": goals.set_tapped,
    "goal-tell": goals.ask_reached,
    "review": evening.open_review,
    "review-went": evening.went,
    "review-nobody": evening.met_nobody,
    "review-missed": evening.ask_why,
    "review-why": evening.miss,
    "review-day": evening.ask_day,
    "review-move": evening.move,
    "review-undo": evening.undo,
    "review-news": evening.ask_news,
    "review-step": evening.ask_step,
    "review-first": evening.choose_step,
    "review-drafts": evening.offer_drafts,
    "review-close": evening.close,
    "snooze": silence.snooze,
    "skip-day": silence.skip_day,
    "settings": settings.open_settings,
    "settings-ask": settings.ask,
    "settings-set": settings.set_tapped,
    "settings-kinds": settings.show_kinds,
    "settings-kind": settings.switch,
    "settings-wake": settings.wake,
    "flags": flags.turn_page,
    "flag": flags.open_flag,
    "flag-why": flags.explain,
    "flag-clears": flags.tell_what_clears,
    "flag-do": flags.advise,
    "flag-later": flags.ask_until,
    "flag-off": flags.put_off,
    "flag-no": flags.ask_reason,
    "flag-dispute": flags.dispute,
    "help-ask": help_requests.ask,
    "help-send": help_requests.send_as_is,
    "help-of": help_requests.open_request,
    "help-answer": help_requests.ask_answer,
    "owed": escalations.open_owed,
    "disputed": escalations.list_disputed,
    "escalated": escalations.open_escalated,
    "escalated-say": escalations.answer,
    "whynot": flags.open_why_not,
    "books": accounts.open_books,
    "accounts": accounts.open_book,
    "archived": accounts.list_archived,
    "account": accounts.open_account,
    "account-new": accounts.ask_name,
    "account-add": accounts.add,
    "account-archive": accounts.archive,
    "account-back": accounts.bring_back,
    "account-edit": account_file.edit,
    "account-field": account_file.choose_field,
    "account-set": account_file.set_field,
    "account-name": account_file.rename,
    "alias-new": account_file.ask_alias,
    "alias-drop": account_file.drop_alias,
    "contacts": contacts.list_contacts,
    "contact": contacts.open_contact,
    "contact-new": contacts.ask_contact,
    "contact-field": contacts.ask_field,
    "contact-stance": contacts.set_stance,
    "contact-drop": contacts.remove,
    "prepare": preparation.open_card,
    "prepare-more": preparation.unfold,
    "prepare-kind": preparation.choose_kind,
    "digests": digest.open_teams,
    "digest": digest.open_digest,
    "digest-of": digest.open_manager,
    "digest-list": digest.open_list,
    "digest-more": digest.unfold,
    "digest-coach": digest.coach,
    "digest-files": digest.send_files,
    "broadcast": broadcasts.choose_team,
    "broadcast-send": broadcasts.send,
    "broadcast-status": broadcasts.open_status,
    "broadcast-remind": broadcasts.remind,
    "broadcast-read": broadcasts.read,
    "teams": team.open_teams,
    "team": team.open_team,
    "team-new": team.ask_team_name,
    "unplaced": team.open_unplaced,
    "removed": team.open_removed,
    "wishing": team.open_wishing,
    "member": team.open_member,
    "role": team.change_role,
    "move": team.move,
    "let-lead": team.let_lead,
    "remove": team.remove,
    "month": month.open_month,
    "months": month.open_months,
    "month-pictures": month.show_pictures,
    "policy": policy.open_policy,
    "policy-group": policy.open_group,
    "policy-ask": policy.ask_value,
    "policy-try": policy.rehearse_tapped,
    "policy-set": policy.take_effect,
    "policy-fare": policy.show_records,
    "invite": invite.invite,
    "invites": invite.list_invitations,
    "uninvite": invite.revoke,
    "transfer": transfer.choose_receiver,
    "hand": transfer.choose_accounts,
    "handed": transfer.hand_over,
    "export": exports.export,
    "exports": exports.turn_page,
    "team-export": exports.export_team,
    "import-for": imports.choose_book,
    "import-yes": imports.confirm,
    "import-no": imports.decline,
    "import-row": imports.answer,
    "leave": leave.open_leave,
    "leave-add": leave.ask_days,
    "leave-off": leave.cancel,
    "export-me": mydata.export,
    "forget-me": mydata.ask_deletion,
    "delete": mydata.delete,
}
"""The verbs that a button's action may begin with."""

TYPED: dict[str, message.Answering] = {
    "note-type": note_fields.set_typed,
    "promise-day": promises.move_to_typed,
    "plan-number": day_plan.take_number,
    "plan-add": day_plan.take_account,
    "plan-move": plan_items.move_to_typed,
    "plan-drop": plan_items.drop_typed,
    "goal-ask": goals.set_typed,
    "goal-tell": goals.tell,
    "review-note": evening.take_sentence,
    "review-why": evening.miss_typed,
    "review-day": evening.move_typed,
    "review-news": evening.take_news,
    "review-step": evening.take_step,
    "settings-ask": settings.take_typed,
    "gap": gaps.take_answer,
    "answer-edit": gaps.take_change,
    "check": wording.judge,
    "flag-dispute": flags.dispute_typed,
    "help-ask": help_requests.take_words,
    "help-answer": help_requests.take_answer,
    "account-new": accounts.take_name,
    "account-type": account_file.take_typed,
    "contact-new": contacts.take_contact,
    "contact-type": contacts.take_field,
    "broadcast": broadcasts.look_over,
    "broadcast-send": broadcasts.look_over,
    "team-new": team.found_team,
    "policy-ask": policy.rehearse_typed,
    "leave-add": leave.add,
}
"""The verbs of questions that are answered by typing (services.drafts)."""

BEFORE_ALL = -1


def register(application: CoachApplication) -> None:
    """Tell the application what to hear."""
    add = application.add_handler
    new = filters.UpdateType.MESSAGE

    add(TypeHandler(Update, gate.gate), group=BEFORE_ALL)
    add(ChatMemberHandler(_saying(reachability.note_reachability), ChatMemberHandler.MY_CHAT_MEMBER))
    add(MessageHandler(filters.UpdateType.EDITED_MESSAGE, _saying(unreadable.edited)))
    add(MessageHandler(new & filters.Document.ALL, _saying(handbooks.receive)))
    add(MessageHandler(new & filters.FORWARDED, _saying(unreadable.forwarded)))
    for name, conversation in (COMMANDS | LEAD_COMMANDS).items():
        add(CommandHandler(name, _saying(conversation), new))
    for verb, conversation in BUTTONS.items():
        add(CallbackQueryHandler(_saying(conversation), rf"^{verb}[:|]"))
    add(MessageHandler(new & filters.COMMAND, _saying(unreadable.unknown_command)))
    add(MessageHandler(new & filters.TEXT, _saying(message.reader(TYPED, COMMANDS | LEAD_COMMANDS | SPOKEN))))
    add(MessageHandler(new & ~filters.StatusUpdate.ALL, _saying(unreadable.unreadable)))
    application.add_error_handler(failure.note)


def _saying(conversation: Conversation) -> Callable[[Update, CoachContext], Coroutine[Any, Any, None]]:
    """The conversation as a callback whose answer is kept for the outbox."""

    async def callback(update: Update, context: CoachContext) -> None:
        context.say(await conversation(update, context))

    return callback
