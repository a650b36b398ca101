"""How long it takes to read what people type: names, dates, notes, wording; ordinary texts, and those made to be slow.

    python -m benchmarks.language

The figure of each reader is set beside that of a plain look through the same text with one regular expression.
"""

from __future__ import annotations

import datetime as dtm
import random
import re
import time
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from bot.language.dates import find_dates
from bot.language.likeness import alike
from bot.language.names import Book, KnownAccount
from bot.language.notes import understand
from bot.language.wording import check
from bot.workdays import Workdays
from tests.bot.language import test_dates, test_notes, test_wording
from tests.bot.language.scoring import labelled

NOW = dtm.datetime(2026, 11, 28, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
LONGEST = 2000
"""Characters of the longest text that is read (bot.handlers.message)."""

ROUNDS = 3
PLAIN = re.compile(r"\d+月\d+日|下?周[一二三四五六日]|答应|保证|\w+店")


def milliseconds(act: Callable[[], object]) -> float:
    """Processor milliseconds, the best of a few rounds: others share the machine."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        act()
        taken.append(1000 * (time.process_time() - begun))
    return min(taken)


def book(size: int) -> tuple[Book, list[str]]:
    """So many accounts with names that share their brands, kinds and branches; and all such names."""
    brands = ("永辉", "华联", "家家悦", "好又多", "美宜佳", "天福", "大润发", "佳佳", "福星", "明记", "恒达", "顺达")
    kinds = ("超市", "便利店", "烟酒", "商行", "五金厂", "食品厂", "物流有限公司", "商贸有限公司", "大药房")
    branches = ("", "五一店", "解放路店", "中山路店", "东门店", "西关店", "江南店", "城南店", "学府店", "天河店")
    names = [brand + kind + branch for brand in brands for kind in kinds for branch in branches]
    chosen = random.Random(4).sample(names, size)
    return Book(KnownAccount(key, name) for key, name in enumerate(chosen)), names


def told(name: str, read: Callable[[str], object], texts: Sequence[str]) -> None:
    """Print p50, p95 and the worst of the texts, and the median's ratio to one plain look."""
    read(texts[0])
    taken = sorted(milliseconds(lambda text=text: read(text)) for text in texts)  # type: ignore[misc]
    plain = sorted(milliseconds(lambda text=text: PLAIN.findall(text)) for text in texts)  # type: ignore[misc]
    middle, late, worst = (taken[int(share * (len(taken) - 1))] for share in (0.5, 0.95, 1))
    ratio = middle / max(plain[len(plain) // 2], 1e-6)
    print(f"{name:34}{len(texts):6}{middle:10.3f}{late:10.3f}{worst:10.3f}{ratio:12.0f}")


def hostile(pieces: Sequence[str]) -> list[str]:
    """Each piece again and again, to the greatest length."""
    return [(piece * LONGEST)[:LONGEST] for piece in pieces]


def main() -> None:
    """Measure and print."""
    known, names = book(400)
    choose = random.Random(5)
    visits = [
        "，".join(f"去了{choose.choice(names)}，老板说竞品又降价了，答应下周三前送样品" for _ in range(9))[:200]
        for _ in range(50)
    ]
    notes = [one["text"] for one in labelled("notes_dev.jsonl")]
    wordings = [one["text"] for one in test_wording.labelled("wording_dev.jsonl")]
    workdays = Workdays()
    print(f"{'milliseconds of processor time':34}{'texts':>6}{'p50':>10}{'p95':>10}{'worst':>10}{'x one regex':>12}")
    told("names of 400, 200 characters", known.find, visits)
    told("names of 400, hostile", known.find, hostile(["店", "永辉", "五一店", "a", "有限公司"]))
    told("dates of notes", lambda text: find_dates(text, NOW, workdays), notes)
    told("dates, hostile", lambda text: find_dates(text, NOW, workdays), hostile(test_dates.HOSTILE))
    told("notes", lambda text: understand(text, NOW, known, workdays), notes)
    told("notes, hostile", lambda text: understand(text, NOW, known, workdays), hostile(test_notes.HOSTILE))
    told("wording", check, wordings)
    told("wording, hostile", check, hostile(test_wording.HOSTILE))
    branches = [f"美宜佳{number}店" for number in range(3000)]
    print(f"3,000 branches told apart: {milliseconds(lambda: alike(branches, [])):.0f} ms")


if __name__ == "__main__":
    main()
