"""Random portable records, always the same for a seed, whose numbers lie on the limits of the rules or beside them.

A sound manager's eight weeks come first; then some scenes of `SCENES` bend them, each one rule. Days of reading, due
days and leave lie about China's holidays and their make-up days.
"""

from __future__ import annotations

import datetime as dtm
import random
from collections.abc import Callable, Sequence
from typing import Any

from bot.workdays import Workdays
from tests.bot.services.record_oracle import DAY, DECIDED, DEFAULTS, FILE, WINDOW, Labels

READ_ON = (
    *("2026-11-20", "2026-10-08", "2026-10-09", "2026-10-10", "2026-02-24", "2026-02-28", "2026-03-02", "2026-05-06"),
    *("2026-05-09", "2025-10-11", "2025-02-05", "2026-01-05", "2026-09-20", "2027-02-15", "2026-08-01", "2025-04-30"),
)
ABSOLUTE = ("包在我身上，周五绝对送到。", "百分之百没问题，您放心。", "I guarantee you'll have it tomorrow.")
CALM = ("周五前把样品送到。", "质量保证书下周带来。", "I will check with the warehouse and call you tomorrow at ten.")
EMPTY = ("", "正常拜访", "一切正常", "ok", "Routine visit.")
TELLING = ("谈了冬季陈列，她想先看样品再定位置。", "订30箱", "Ordered 40 cases, delivery on Thursday morning.")
SAMPLES = {
    "M4.7.2.2": ("你爱要不要，不要拉倒。", "就这个价，少废话。"),
    "M4.7.2.7": ("他们家的货全是垃圾，千万别买。", "那家公司就是骗子，迟早倒闭。"),
    "M4.7.2.9": ABSOLUTE[:2],
}
LABELS = Labels(ABSOLUTE, EMPTY, {text: [habit] for habit, texts in SAMPLES.items() for text in texts})
"""What these sentences are, for the oracle."""

OWN_LIMITS = tuple(field for field in DEFAULTS if not field.endswith("_pct"))


def record(seed: int) -> dict[str, Any]:
    """The record of a seed: a sound book in which some rules are on the edge."""
    writer = _Writer(random.Random(seed))
    last = SCENES[seed % len(SCENES)]
    others = [scene for scene in SCENES if scene is not last]
    for scene in (*writer.random.sample(others, 2), last):
        scene(writer)
    return writer.record


class _Writer:
    """Writes one record; `near` gives a limit or a number beside it."""

    def __init__(self, chance: random.Random) -> None:
        self.random = chance
        self.today = dtm.date.fromisoformat(chance.choice(READ_ON))
        self.first = self.today - (WINDOW - 1) * DAY
        self.policy: dict[str, Any] = {}
        if chance.random() < 0.5:
            self.policy = {field: max(1, DEFAULTS[field] + chance.choice((-1, 1))) for field in self._some(OWN_LIMITS)}
            self.policy["cadence_days"] = {"A": chance.choice((6, 7, 9))}
        leave = []
        if chance.random() < 0.3:
            away = self.first + chance.randrange(45) * DAY
            leave = [{"first_day": str(away), "last_day": str(away + chance.randrange(6) * DAY)}]
        away_days = [
            (dtm.date.fromisoformat(one["first_day"]), dtm.date.fromisoformat(one["last_day"])) for one in leave
        ]
        self.workdays = Workdays(leave=tuple(away_days))
        self.worked = [day for day in (self.first + n * DAY for n in range(WINDOW)) if self.workdays.is_workday(day)]
        self.record: dict[str, Any] = {
            "id": "r",
            "as_of": str(self.today),
            "manager": {"name": "林", "time_zone": chance.choice(("Asia/Shanghai", "America/New_York"))},
            "team_policy": self.policy,
            "leave": leave,
            **{
                kind: []
                for kind in ("accounts", "contacts", "visits", "plans", "promises", "market_reports", "wording")
            },
            **{kind: [] for kind in ("next_steps", "complaints")},
        }
        self._lay_book()

    def _some(self, fields: Sequence[str]) -> list[str]:
        return self.random.sample(fields, 6)

    def _lay_book(self) -> None:
        for number, tier in enumerate("AABBCCCC"):
            self.account(f"店{number}", tier)
        for number, day in enumerate(self.worked):
            names = [self.names[number % 2], self.names[number % 8]]
            for name in dict.fromkeys(names):
                self.visit(day, name, contact=f"人{number % 3}")
            self.record["plans"].append({"date": str(day), "accounts": list(dict.fromkeys(names)), "target": 6})
        self.record["market_reports"].append({"date": str(self.today - DAY), "text": "隔壁新开一家连锁。"})

    # -- Entries ------------------------------------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """The names of the accounts."""
        return [account["name"] for account in self.record["accounts"]]

    def of_tier(self, tier: str) -> dict[str, Any]:
        """Some account of a tier."""
        found: dict[str, Any] = self.random.choice([one for one in self.record["accounts"] if one["tier"] == tier])
        return found

    def limit(self, field: str) -> int:
        """A threshold of the record."""
        return int(self.policy.get(field, DEFAULTS[field]))

    def near(self, limit: int) -> int:
        """The limit, or one less or more."""
        return max(0, limit + self.random.choice((-1, 0, 1)))

    def ago(self, workdays: int) -> dtm.date:
        """A day since which so many workdays have passed, the last of them or one in a break before it."""
        day = self.today
        while self.workdays.count(day, self.today) < workdays:
            day -= DAY
        while self.random.random() < 0.5 and self.workdays.count(day - DAY, self.today) == workdays:
            day -= DAY
        return day

    def account(self, name: str, tier: str, **more: Any) -> None:
        """A new account with a whole file and enough contacts."""
        file = {"segment": "零售", "potential": 0, "annual_sales": 20, "margin_pct": 9, "payment_delay_days": 5}
        self.record["accounts"].append({"name": name, "tier": tier, **file, "trend": "flat", **more})
        for number in range(self.limit("min_contacts_A")):
            self.record["contacts"].append({"account": name, "name": f"人{number}", "stance": "supporter"})

    def visit(self, day: dtm.date, name: str, outcome: str = "info", contact: str | None = None) -> None:
        """A visit with a note that says something."""
        told = {"date": str(day), "account": name, "contact": contact, "outcome": outcome}
        self.record["visits"].append({**told, "note": self.random.choice(TELLING)})

    def forget_visits(self, name: str, since: dtm.date) -> None:
        """Leave out the visits at an account after a day."""
        kept = [one for one in self.record["visits"] if one["account"] != name or one["date"] <= str(since)]
        self.record["visits"] = kept

    def promise(self, due: dtm.date | None, kept: dtm.date | None = None, wording: str = CALM[0], **more: Any) -> None:
        """A promise to some account, made in time."""
        made = (due or self.today) - 3 * DAY
        account = self.random.choice([*self.names, None])
        told = {"made": str(min(made, self.today)), "account": account, "what": "送样品", "wording": wording}
        days = {"due": due and str(due), "kept_on": kept and str(kept)}
        self.record["promises"].append({**told, **days, **more})


# -- Scenes -----------------------------------------------------------------------------------------------------------


def _kept_share(writer: _Writer) -> None:
    writer.record["promises"] = []
    due = writer.random.choice((10, writer.near(writer.limit("min_due_promises"))))
    kept = writer.near(-(-due * writer.limit("min_kept_pct") // 100))
    for number in range(due):
        day = writer.today - writer.random.choice((1, 2, 20, WINDOW - 1)) * DAY
        last = writer.workdays.on_or_after(day)
        writer.promise(day, last if number < kept else last + DAY, writer.random.choice(CALM))


def _assurances(writer: _Writer) -> None:
    for _ in range(writer.near(writer.limit("broken_assurances"))):
        due = writer.ago(writer.random.choice((1, 1, 2, 5)))
        late = writer.random.choice((None, writer.workdays.on_or_after(due) + DAY))
        writer.promise(due, late, writer.random.choice(ABSOLUTE))


def _open_promises(writer: _Writer) -> None:
    for number in range(writer.near(writer.limit("max_open_promises"))):
        writer.promise(writer.today + number * DAY)


def _late_promise(writer: _Writer) -> None:
    due = writer.ago(writer.near(writer.limit("late_workdays")))
    writer.promise(due, account=writer.of_tier(writer.random.choice("AB"))["name"])
    writer.promise(due, withdrawn_on=str(due + writer.random.choice((0, 4)) * DAY))


def _undated_promise(writer: _Writer) -> None:
    writer.promise(None, made=str(writer.ago(writer.near(writer.limit("undated_workdays")))))


def _neglect(writer: _Writer) -> None:
    name, cadence = writer.of_tier("A")["name"], writer.policy.get("cadence_days", {}).get("A", 7)
    last = writer.today - writer.near(cadence + writer.limit("grace_days")) * DAY
    writer.forget_visits(name, writer.random.choice((last, writer.first - DAY)))
    writer.visit(writer.random.choice((last, writer.first - DAY)), name)
    writer.visit(writer.today, name, "absent")


def _contacts(writer: _Writer) -> None:
    account, count = writer.of_tier(writer.random.choice("AB")), writer.near(writer.limit("min_contacts_A"))
    others = [contact for contact in writer.record["contacts"] if contact["account"] != account["name"]]
    mine = [{"account": account["name"], "name": f"人{number}", "stance": "neutral"} for number in range(count)]
    writer.record["contacts"] = others + writer.random.choice((mine, mine, []))


def _opponent(writer: _Writer) -> None:
    name = writer.of_tier("A")["name"]
    writer.record["contacts"].append({"account": name, "name": "对头", "stance": "opponent"})
    met = writer.today - writer.near(writer.limit("opponent_days")) * DAY
    writer.visit(met, name, writer.random.choice(("info", "info", "absent")), "对头")


def _company(writer: _Writer) -> None:
    account = writer.of_tier("A")
    account["trend"] = writer.random.choice(("up", "flat", "down", None))
    if writer.random.random() < 0.5:
        others = [one for one in writer.record["contacts"] if one["account"] != account["name"]]
        writer.record["contacts"] = [*others, {"account": account["name"], "name": "人0"}]
    writer.forget_visits(account["name"], writer.first - DAY)
    for _ in range(writer.near(writer.limit("idle_visits"))):
        day = writer.today - writer.random.randrange(WINDOW) * DAY
        writer.visit(day, account["name"], writer.random.choice(("none", "none", "none", "absent")))


def _big_buyer(writer: _Writer) -> None:
    account = writer.random.choice(writer.record["accounts"])
    account["annual_sales"] = writer.random.choice((20, 300, 300))
    account["margin_pct"] = writer.limit("min_margin_pct") + writer.random.choice((-1, -0.01, 0))
    account["payment_delay_days"] = writer.limit("max_payment_delay_days") + writer.random.choice((0, 1))
    for number in range(writer.random.choice((0, 2, 3))):
        writer.account(f"新店{number}", "C", annual_sales=400 if number == 1 else 20)


def _friends(writer: _Writer) -> None:
    for number in range(3):
        writer.account(f"大店{number}", "A")
    writer.record["visits"] = []
    key = [account["name"] for account in writer.record["accounts"] if account["tier"] == "A"]
    for name in key[writer.near(2) :]:
        writer.visit(writer.today, name)
    total = writer.random.choice((20, 25))
    small, familiar = (writer.near(total * writer.limit(field) // 100) for field in ("tier_c_pct", "familiar_pct"))
    for number in range(total - len(writer.record["visits"])):
        name = writer.of_tier("C")["name"] if number < small else writer.names[2]
        day = writer.today - writer.random.randrange(WINDOW) * DAY
        writer.visit(day, name, contact="人0" if small <= number < small + familiar else None)


def _gaps(writer: _Writer) -> None:
    account = writer.random.choice(writer.record["accounts"])
    for field in writer.random.sample(FILE, writer.near(writer.limit("missing_fields"))):
        account[field] = None


def _waiting(writer: _Writer) -> None:
    step, complaint = (writer.ago(writer.near(writer.limit(f"{what}_workdays"))) for what in ("step", "complaint"))
    agreed = {"agreed": str(step - 3 * DAY), "account": writer.names[0], "what": "看样品", "due": str(step)}
    writer.record["next_steps"].append({**agreed, "done_on": None})
    heard = {"made": str(complaint), "account": writer.names[2], "text": "少送两箱"}
    writer.record["complaints"].append({**heard, "answered_on": None})


def _load(writer: _Writer) -> None:
    writer.policy |= {"cadence_days": {"A": 56, "B": 56, "C": 56}, "daily_visits_target": 1, "overload_pct": 50}
    count = writer.near(len(writer.worked) // 2)
    for number in range(count - len(writer.names)):
        writer.account(f"加店{number}", "C")


def _plans_made(writer: _Writer) -> None:
    plans, half = writer.record["plans"], -(-len(writer.worked) * writer.limit("min_planned_pct") // 100)
    idle = writer.near(writer.limit("unplanned_workdays"))
    writer.record["plans"] = writer.random.choice((plans[-writer.near(half) :], plans[:-idle] if idle else plans))


def _plans_lived(writer: _Writer) -> None:
    days, total = writer.worked[-writer.near(writer.limit("min_planned_days")) :], 10
    plans = {str(day): [writer.names[0]] for day in days}
    for day in days[: total - len(days)]:
        plans[str(day)].append(writer.names[1])
    writer.record["plans"] = [{"date": day, "accounts": names, "target": 6} for day, names in plans.items()]
    writer.record["visits"] = [visit for visit in writer.record["visits"] if visit["date"] not in plans]
    slots = [(day, name) for day in days for name in plans[str(day)]]
    lived = writer.near(len(slots) * writer.limit("min_fulfilled_pct") // 100)
    for day, name in slots[:lived]:
        writer.visit(day, name, writer.random.choice(("info", "absent")))


def _rush(writer: _Writer) -> None:
    ends = [day for day in (writer.first + number * DAY for number in range(WINDOW)) if (day + DAY).day == 1]
    month = f"{writer.random.choice(ends):%Y-%m}"
    days = [day for day in writer.worked if str(day).startswith(month)]
    writer.record["visits"] = [one for one in writer.record["visits"] if not one["date"].startswith(month)]
    total = writer.near(writer.limit("min_month_visits"))
    late = writer.near(total * writer.limit("rush_pct") // 100)
    for number in range(total):
        writer.visit(writer.random.choice(days[-5:] if number < late else days[:-5] or days), writer.names[0])


def _report(writer: _Writer) -> None:
    told = writer.ago(writer.near(writer.limit("report_workdays")))
    writer.record["market_reports"] = [{"date": str(told), "text": "竞品降价。"}]


def _notes(writer: _Writer) -> None:
    visits = writer.record["visits"][: writer.near(writer.limit("min_noted_visits"))]
    for visit in visits[: writer.near(-(-len(visits) * writer.limit("empty_notes_pct") // 100))]:
        visit["note"] = writer.random.choice(EMPTY)
    writer.record["visits"] = visits


def _wording(writer: _Writer) -> None:
    for texts in SAMPLES.values():
        for _ in range(writer.near(writer.limit("wording_samples"))):
            day = writer.random.choice((writer.today, writer.first, writer.first - DAY))
            writer.record["wording"].append({"date": str(day), "text": writer.random.choice(texts)})


def _loan(writer: _Writer) -> None:
    account = writer.random.choice(writer.record["accounts"])
    account["payment_delay_days"] = writer.near(writer.limit("max_payment_delay_days"))
    grew = writer.ago(writer.near(writer.limit("reminder_workdays")))
    if writer.random.random() < 0.7:
        writer.forget_visits(account["name"], grew - writer.random.choice((0, 1)) * DAY)
    account["collateral"] = {
        "stage": writer.random.choice(("营销", "调查", *DECIDED)),
        "basis": writer.random.choice((["抵押物"], ["抵押物", "现金流"], [])),
        "sources": ["银行流水", "走访", "税票"][: writer.near(writer.limit("min_sources"))],
        "repayment_plan": writer.random.choice((None, "", "按月还")),
        "loss_years": writer.near(writer.limit("loss_years")),
        "repays_old_loan": writer.random.random() < 0.7,
        "delay_grew_on": str(grew),
    }


SCENES: Sequence[Callable[[_Writer], None]] = (
    *(_kept_share, _assurances, _open_promises, _late_promise, _undated_promise, _neglect, _contacts, _opponent),
    *(_company, _big_buyer, _friends, _gaps, _waiting, _load, _plans_made, _plans_lived, _rush, _report, _notes),
    *(_wording, _loan, _loan),
)
"""What bends a sound book, one rule or a family of them each."""
