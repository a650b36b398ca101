"""How fast and how right the search is beside rank_bm25 and SQLite FTS5: same articles, same questions, one run.

    python -m benchmarks.search

Both rivals are fed the same characters, pairs of characters and stems, so that no segmenter blurs the comparison; they
lack synonyms, repairs of slips, weights of fields and the judgement whether to answer at all.
"""

from __future__ import annotations

import gc
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from rank_bm25 import BM25Okapi

from benchmarks.calibrate import Question, questions
from knowledge.article import Article
from knowledge.library import Library
from knowledge.search import WORD, Search, normalise, parts, stem

Finder = Callable[[str], Sequence[Article]]
Builder = Callable[[Sequence[Article]], Finder]
ROUNDS = 3


def tokens(text: str) -> list[str]:
    """Characters, pairs of characters and English stems of a text."""
    found: list[str] = []
    for run in WORD.findall(normalise(text)):
        if run.isascii():
            found.append(stem(run))
        else:
            found += run
            found += map("".join, pairwise(run))
    return found


def document(article: Article) -> list[str]:
    """The tokens of everything in an article."""
    return [token for text in (article.zh, article.en) for _, line in parts(text) for token in tokens(line)]


def ours(articles: Sequence[Article]) -> Finder:
    """The search of the knowledge base."""
    search = Search(articles)
    return lambda question: [hit.article for hit in search.ask(question).hits]


def rank_bm25(articles: Sequence[Article]) -> Finder:
    """The package rank_bm25."""
    index = BM25Okapi([document(article) for article in articles])

    def find(question: str) -> list[Article]:
        scores = index.get_scores(tokens(question))
        best = sorted(range(len(articles)), key=lambda at: -scores[at])[:3]
        return [articles[at] for at in best]

    return find


def fts5(articles: Sequence[Article]) -> Finder:
    """SQLite's full-text search."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE article USING fts5(body)")
    rows = [(at, " ".join(document(article))) for at, article in enumerate(articles)]
    database.executemany("INSERT INTO article(rowid, body) VALUES (?, ?)", rows)
    query = "SELECT rowid FROM article WHERE article MATCH ? ORDER BY bm25(article) LIMIT 3"

    def find(question: str) -> list[Article]:
        words = " OR ".join(f'"{token}"' for token in dict.fromkeys(tokens(question)))
        return [articles[at] for (at,) in database.execute(query, (words,))] if words else []

    return find


def measured(build: Builder, articles: Sequence[Article]) -> tuple[float, Finder]:
    """The best time in seconds of a few to build an index, and the finder."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        find = build(articles)
        times.append(time.perf_counter() - start)
    return min(times), find


def latencies(find: Finder, asked: Sequence[Question]) -> list[float]:
    """The milliseconds of every question, the best of a few rounds each, sorted."""
    best = [float("inf")] * len(asked)
    for _ in range(ROUNDS):
        for at, question in enumerate(asked):
            start = time.perf_counter()
            find(question.text)
            best[at] = min(best[at], 1000 * (time.perf_counter() - start))
    return sorted(best)


def rightness(find: Finder, asked: Sequence[Question], first: int) -> float:
    """The share of in-scope questions with a right article among the first few."""
    known = [question for question in asked if question.covers]
    return statistics.fmean(any(map(question.right, find(question.text)[:first])) for question in known)


def main() -> None:
    """Measure and print."""
    articles = list(Library.load().articles.values())
    asked = questions()
    fresh = questions("validation")
    print(f"{len(articles)} articles, {len(asked)} questions, top-1 and top-3 on the {len(fresh)} of validation")
    print(f"{'':12}{'index s':>9}{'p50 ms':>9}{'p95 ms':>9}{'top-1':>8}{'top-3':>8}   ratio of index, p50, p95 to ours")
    base: tuple[float, float, float] | None = None
    for name, build in (("ours", ours), ("rank_bm25", rank_bm25), ("FTS5", fts5)):
        seconds, find = measured(build, articles)
        times = latencies(find, asked)
        row = (seconds, times[len(times) // 2], times[int(0.95 * len(times))])
        base = base or row
        ratios = "  ".join(f"{value / own:5.2f}" for value, own in zip(row, base, strict=True))
        right = "".join(f"{100 * rightness(find, fresh, first):8.1f}" for first in (1, 3))
        print(f"{name:12}{row[0]:9.3f}{row[1]:9.3f}{row[2]:9.3f}{right}   {ratios}")
    search = Search(articles)
    for name, act in (
        ("10,000 characters", lambda: search.ask("客户说话不算数，promise broken。" * 500)),
        ("one article more", lambda: search.add(articles[0])),
    ):
        start = time.perf_counter()
        act()
        print(f"{name}: {1000 * (time.perf_counter() - start):.1f} ms")


if __name__ == "__main__":
    main()
