"""The digest in words: a team's week on one screen, what stands behind it, and a page above several teams."""

from __future__ import annotations

import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from markupsafe import Markup

from bot import owed_words
from bot.flag_words import MARKS
from bot.keyboards import Button, Keyboard, turns
from bot.models import Topic
from bot.replies import Say
from bot.services import owing
from bot.services.digests import Coaching, Concern, Digest, ManagerWeek, MarketNews, OwedKind, Week
from bot.texts import LINE, Voice, fitted, height
from knowledge.library import Library
from rules.rule import Severity

MOST_LINES = 20
"""Lines of a digest at most (domain.md §5)."""

MOST_CONCERNS = 3
"""Exceptions on the first screen; the others are one tap away."""

ROOMS = ((MOST_CONCERNS, 2), (MOST_CONCERNS, 1), (2, 1), (1, 1), (0, 1))
"""How many exceptions, and in how many lines whom to coach: tried one after the other until the digest fits."""

PAGE = 8
"""Managers, or teams, on one screen."""

CONCERNS_PAGE, NEWS_PAGE = 5, 3
"""Entries on one screen: of two and three lines each."""

GAP = 11.5
"""Room of a question in the list of gaps, in Chinese characters."""

IN_ROW = 5
"""Answer buttons in a row."""

QUESTIONS = 3
"""Questions for a one-to-one (domain.md §5)."""

T = TypeVar("T")

CALM = "🟢"
SILENT = "😶"


def code(week: Week) -> str:
    """A week as it stands in a button's action."""
    return f"{week.first:%y%m%d}"


def digest_page(voice: Voice, digest: Digest, *, newest: Week, page: int = 0, several: bool = False) -> Say:
    """A team's week with a button for each manager; `newest` is the week that goes on, `several` where he leads more.

    At most MOST_LINES lines: where it would be more, fewer exceptions stand on it.
    """
    for most, lines in ROOMS:
        blocks = [block for block in _blocks(voice, digest, most, lines) if block]
        taken = sum(map(height, blocks))
        if taken <= MOST_LINES:
            break
    is_airy = taken + len(blocks) - 1 <= MOST_LINES
    between = Markup("\n\n") if is_airy else Markup("\n")
    html = between.join(Markup("\n").join(block) for block in blocks)
    return Say(html, _buttons(voice, digest, newest, (page, most), several=several))


def _blocks(voice: Voice, digest: Digest, most: int, lines: int) -> list[list[Markup]]:
    """Head, exceptions, figures and the rest; at most so many exceptions, and so many lines for whom to coach."""
    title = voice.text("digest-title", team=fitted(digest.team_name, LINE - 5))
    head = [title, _days(voice, digest)]
    if not digest.managers:
        return [head, [voice.text("digest-no-managers")]]
    return [head, _concerns(voice, digest, most), _figures(voice, digest), _asides(voice, digest, lines)]


def _days(voice: Voice, digest: Digest) -> Markup:
    days = voice.days(digest.week.first, digest.week.last)
    if digest.days_over == 0:
        return voice.text("digest-days-none", days=days)
    if digest.is_partial:
        return voice.text("digest-days-partial", days=days, through=voice.day(through(digest)))
    return voice.text("digest-days", days=days, workdays=digest.workdays, managers=len(digest.managers))


def through(digest: Digest) -> dtm.date:
    """The last day of the week that counts."""
    return digest.week.days[max(0, digest.days_over - 1)]


def _concerns(voice: Voice, digest: Digest, most: int) -> list[Markup]:
    """Who needs the lead, the worst first."""
    if not digest.exceptions:
        return [voice.text("digest-calm")]
    count = len(digest.exceptions)
    head = voice.text("digest-first-of", count=count) if count > most else voice.text("digest-first")
    return [head, *(concern_line(voice, one) for one in digest.exceptions[:most])]


def concern_line(voice: Voice, concern: Concern) -> Markup:
    """One manager with the worst that he has, in two lines at most."""
    flag, what = concern.flag, []
    if flag is not None:
        what.append(" · ".join(filter(None, (voice.label(f"habit-{flag.habit}"), flag.account))))
    if concern.silent_lately and (flag is None or concern.silent_lately > 1):
        what.append(voice.label("digest-silent-lately", days=concern.silent_lately))
    more = voice.label("digest-more", count=concern.more) if concern.more else ""
    name, mark = fitted(concern.name, LINE / 2), SILENT if flag is None else MARKS[flag.severity]
    return voice.listing("digest-concern", what=what, between=" · ", lines=2, mark=mark, name=name, more=more)


def _figures(voice: Voice, digest: Digest) -> list[Markup]:
    """What the team did, a line for each figure; one line where nothing was noted at all."""
    planned, due, keys = (digest.total("planned"), digest.total("promises_due"), digest.total("key_accounts"))
    done, opened, cleared = (digest.total("visits_done"), digest.total("flags_opened"), digest.total("flags_cleared"))
    if digest.days_over == 0:
        return []
    if not any((planned, due, done, opened, cleared, digest.market)):
        return [voice.text("digest-nothing")] if digest.total("visits_aimed") else []
    fulfilled, silent = digest.total("fulfilled"), digest.total("silent_workdays")
    standing = sum(len(one.standing) for one in digest.managers)
    return [
        voice.text("digest-plan", percent=100 * fulfilled // planned, fulfilled=fulfilled, planned=planned)
        if planned
        else voice.text("digest-plan-none"),
        voice.text("digest-visits", done=done, aimed=digest.total("visits_aimed")),
        voice.text("digest-keys", met=digest.total("key_accounts_met"), keys=keys)
        if keys
        else voice.text("digest-keys-none"),
        voice.text("digest-promises", due=due, kept=digest.total("kept"), broken=digest.total("broken"))
        if due
        else voice.text("digest-promises-none"),
        voice.text("digest-flags", opened=opened, cleared=cleared, standing=standing),
        *([voice.text("digest-silence", days=silent)] if silent else []),
    ]


def _asides(voice: Voice, digest: Digest, most: int) -> list[Markup]:
    """Market news by topic, gaps, whom to coach, what the lead owes."""
    lines = [_market_line(voice, digest.market)] if digest.days_over else []
    if digest.gaps:
        lines.append(voice.text("digest-gaps", count=sum(gap.count for gap in digest.gaps)))
    for one in digest.coaching:
        habit, name = voice.label(f"habit-{one.habit}"), fitted(one.name, LINE / 2)
        lines.append(voice.line("digest-coach", what=habit, lines=most, name=name))
    if digest.owed:
        kinds = Counter(one.kind for one in digest.owed)
        what = voice.label("digest-between").join(
            voice.label(f"digest-owed-{kind}", count=kinds[kind]) for kind in OwedKind if kinds[kind]
        )
        lines.append(voice.text("digest-owed", what=what))
    return lines


def _market_line(voice: Voice, market: Sequence[MarketNews]) -> Markup:
    if not market:
        return voice.text("digest-market-none")
    counted = ((topic, len(list(news))) for topic, news in groupby(market, key=lambda one: one.topic))
    topics = [voice.label("digest-topic", topic=_topic(voice, topic), count=count) for topic, count in counted]
    return voice.listing("digest-market", what=topics, between=voice.label("digest-between"), rest="…")


def _topic(voice: Voice, topic: str) -> str:
    return voice.label("digest-topic-other" if topic == Topic.OTHER else f"note-topic-{topic}")


def _buttons(voice: Voice, digest: Digest, newest: Week, place: tuple[int, int], *, several: bool) -> Keyboard:
    """The buttons under a digest; `place` is the page of managers and how many exceptions stand above."""
    page, shown_concerns = place
    week, team = code(digest.week), digest.team_id
    shown = digest.managers[page * PAGE : (page + 1) * PAGE]
    rows = [[Button(_manager_label(voice, one), f"digest-of:{one.person_id}:{week}")] for one in shown]
    rows += turns(f"digest:{team}:{week}", page, len(digest.managers), PAGE)
    rows += [
        [
            Button(
                voice.label("digest-act-coach", name=fitted(one.name, LINE / 2)),
                f"digest-coach:{team}:{week}:{one.person_id}",
            )
        ]
        for one in digest.coaching
    ]
    more = [
        ("concerns", len(digest.exceptions) if len(digest.exceptions) > shown_concerns else 0),
        ("market", len(digest.market)),
        ("gaps", sum(gap.count for gap in digest.gaps)),
        ("owed", len(digest.owed)),
    ]
    acts = [
        Button(voice.label(f"digest-act-{what}", count=count), f"digest-more:{team}:{week}:{what}:0")
        for what, count in more
        if count
    ]
    rows += [acts[at : at + 2] for at in range(0, len(acts), 2)]
    if digest.managers and digest.days_over:
        rows.append([Button(voice.label("digest-act-files"), f"digest-files:{team}:{week}")])
    rows.append(weeks_beside(voice, f"digest:{team}", digest.week, newest, end=":0"))
    if several:
        rows.append([Button(voice.label("digest-back-to-teams"), f"digests:{week}:0")])
    return [row for row in rows if row]


def _manager_label(voice: Voice, manager: ManagerWeek) -> str:
    name = fitted(manager.name, LINE / 2)
    if manager.through is None:
        return f"{mark_of(manager)} {name}"
    done, aimed = manager.visits_done, manager.visits_aimed
    return voice.label("digest-manager", mark=mark_of(manager), name=name, done=done, aimed=aimed)


def mark_of(manager: ManagerWeek) -> str:
    """The worst that a manager's week shows, as one mark."""
    if manager.standing:
        return MARKS[manager.standing[0].severity]
    return SILENT if manager.silent_lately else CALM


def weeks_beside(voice: Voice, action: str, week: Week, newest: Week, *, end: str = "") -> list[Button]:
    """The buttons to the week before, and to the one after where it has begun."""
    before = voice.days(week.before.first, week.before.last)
    buttons = [Button(f"◀ {before}", f"{action}:{code(week.before)}{end}")]
    if week.first < newest.first:
        after = voice.days(week.after.first, week.after.last)
        buttons.append(Button(f"{after} ▶", f"{action}:{code(week.after)}{end}"))
    return buttons


def talk_page(voice: Voice, digest: Digest, coaching: Coaching, library: Library) -> Say:
    """Whom to coach on what: where it shows, three questions to ask, and the article to use."""
    lines = [voice.text("digest-talk", name=coaching.name, habit=voice.label(f"habit-{coaching.habit}"))]
    accounts = [flag.account for flag in coaching.flags if flag.account]
    if accounts:
        between = voice.label("digest-between")
        lines.append(voice.listing("digest-talk-accounts", what=accounts, between=between, rest="…", lines=2))
    lines.append(voice.text("digest-talk-ask"))
    for number in range(1, QUESTIONS + 1):
        question = voice.label(f"coach-{coaching.habit}-{number}")
        lines.append(voice.text("digest-talk-question", number=number, question=question))
    title = library[coaching.advice].text(voice.locale).title
    rows = [
        [Button(voice.label("digest-talk-read", title=title), f"read:{coaching.advice}")],
        [Button(coaching.name, f"digest-of:{coaching.person_id}:{code(digest.week)}"), _back(voice, digest)],
    ]
    return Say(Markup("\n").join(lines), rows)


def concerns_page(voice: Voice, digest: Digest, page: int) -> Say:
    """All who need the lead."""
    here, pages = _cut(digest.exceptions, page, CONCERNS_PAGE)
    lines = [voice.text("digest-concerns-head", count=len(digest.exceptions))]
    lines += [concern_line(voice, one) for one in here]
    return _more(voice, digest, "concerns", lines, (page, pages))


def market_page(voice: Voice, digest: Digest, page: int) -> Say:
    """Market news by topic, each with who told it, and where."""
    here, pages = _cut(digest.market, page, NEWS_PAGE)
    lines = [voice.text("digest-market-head", days=voice.days(digest.week.first, digest.week.last))]
    lines += [news_line(voice, news) for news in here]
    return _more(voice, digest, "market", lines, (page, pages))


def news_line(voice: Voice, news: MarketNews) -> Markup:
    """What was heard, who told it, where and when, in three lines at most."""
    where = fitted(news.account or voice.label("digest-on-the-way"), LINE / 2)
    name, day = fitted(news.name, LINE / 2), voice.day(news.day)
    topic = _topic(voice, news.topic)
    return voice.line(
        "digest-news", what=news.text.rstrip("。. "), lines=3, topic=topic, name=name, where=where, day=day
    )


def gaps_page(voice: Voice, digest: Digest, page: int) -> Say:
    """What the team asked and was not answered well, without names, each with a button to answer it."""
    lines = [voice.text("digest-gaps-head", days=voice.days(digest.week.first, digest.week.last))]
    for number, gap in enumerate(digest.gaps, start=1):
        line = "gaps-line-disliked" if gap.disliked else "gaps-line"
        lines.append(voice.text(line, number=number, text=fitted(gap.text, GAP), count=gap.count))
    answers = [
        Button(voice.label("gaps-answer", number=number), f"gap:{gap.questions[0].id}")
        for number, gap in enumerate(digest.gaps, start=1)
    ]
    said = _more(voice, digest, "gaps", lines, (page, 1))
    return Say(said.html, [*(answers[at : at + IN_ROW] for at in range(0, len(answers), IN_ROW)), *said.buttons])


def owed_page(voice: Voice, digest: Digest, page: int) -> Say:
    """Who of the team waits for an answer, each with a way to all that he waits for."""
    waiting = owing.by_manager(digest.owed)
    here, pages = _cut(waiting, page, owed_words.MANAGERS)
    lines = [voice.text("digest-owed-head", count=len(digest.owed))]
    for one in here:
        lines += owed_words.manager_lines(voice, one)
    said = _more(voice, digest, "owed", lines, (page, pages))
    return Say(said.html, [*([owed_words.open_manager(voice, one)] for one in here), *said.buttons])


MORE = {"concerns": concerns_page, "market": market_page, "gaps": gaps_page, "owed": owed_page}
"""What else of a digest unfolds, by the word in the button's action."""


def _cut(entries: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int]:
    """The entries of one page, and how many pages there are."""
    return entries[page * size : (page + 1) * size], max(1, -(-len(entries) // size))


def _more(voice: Voice, digest: Digest, what: str, lines: list[Markup], page: tuple[int, int]) -> Say:
    if len(lines) == 1:
        lines.append(voice.text("digest-list-empty"))
    turn = turns(f"digest-more:{digest.team_id}:{code(digest.week)}:{what}", *page)
    return Say(Markup("\n").join(lines), [*turn, [_back(voice, digest)]])


def _back(voice: Voice, digest: Digest) -> Button:
    return Button(voice.label("digest-back"), f"digest:{digest.team_id}:{code(digest.week)}:0")


def teams_page(
    voice: Voice, digests: Sequence[Digest], week: Week, *, newest: Week, page: int = 0, pages: int = 1
) -> Say:
    """Several teams of a lead, a line and a button each, those of one page."""
    if not digests:
        return Say(voice.text("digest-teams-none"))
    lines = [voice.text("digest-teams", days=voice.days(week.first, week.last))]
    lines += [_team_line(voice, one) for one in digests]
    rows = [
        [Button(f"{_team_mark(one)} {fitted(one.team_name, LINE)}", f"digest:{one.team_id}:{code(week)}:0")]
        for one in digests
    ]
    rows += [*turns(f"digests:{code(week)}", page, pages), weeks_beside(voice, "digests", week, newest, end=":0")]
    return Say(Markup("\n").join(lines), [row for row in rows if row])


def _team_line(voice: Voice, digest: Digest) -> Markup:
    name = fitted(digest.team_name, LINE / 2)
    if not digest.managers:
        return voice.text("digest-teams-line-empty", team=name)
    planned = digest.total("planned")
    return voice.text(
        "digest-teams-line",
        mark=_team_mark(digest),
        team=name,
        plan=f"{100 * digest.total('fulfilled') // planned}%" if planned else "–",
        done=digest.total("visits_done"),
        aimed=digest.total("visits_aimed"),
        broken=digest.total("broken"),
        owed=len(digest.owed),
    )


def _team_mark(digest: Digest) -> str:
    """The worst of a team's exceptions, as one mark."""
    if not digest.managers:
        return "⚪"
    if not digest.exceptions:
        return CALM
    flag = digest.exceptions[0].flag
    return MARKS[Severity.WARNING if flag is None else flag.severity]
