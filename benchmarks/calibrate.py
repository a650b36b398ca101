"""Fits the confidence of the search on the development questions and writes `knowledge/calibration.yaml`.

    python -m benchmarks.calibrate            fit, print the figures by kind, write the file
    python -m benchmarks.calibrate --dry-run  the same without writing
    python -m benchmarks.calibrate --validation  count the validation questions too

The ranking's numbers are kept as they stand in the file: they were found by changing one at a time on the development
questions. The questions marked `validation` are only counted, never fitted, and only with --validation, so that looking
is a decision; without it the figures of the file stay as they are.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.article import Article
from knowledge.library import Library
from knowledge.search import FOLDER, Calibration, Outcome, Result, Search, read

QUESTIONS = Path(__file__).parent.parent / "tests" / "knowledge" / "questions.jsonl"
FOLDS = 10
RIDGE = 0.3
KNOWN_ANSWERED = 0.82
KNOWN_REFUSED = 0.01
HEAD = """\
# Every number of the search. Written by `python -m benchmarks.calibrate`: edit the ranking only.
# ranking: weights of the kinds of terms and of the fields of an article, and BM25's saturation (k1, by kind) and length
#   (b); found by changing one at a time on development questions of tests/knowledge/questions.jsonl.
# confidence: logistic regression (ridge {ridge}) of "the first article is right" on the development questions and
#   the orders that synonyms.yaml gives as examples.
#   answer: about {answered:.0%} of the in-scope questions lie above it, by {folds}-fold cross-validation.
#   unsure: at most {refused:.0%} of the in-scope questions lie below it, likewise.
# measured: on {articles} articles; top1 and top3 of in-scope questions, answered and refused (outcome none) of all.
#   Development: {dev} questions. It is flattered: confidence is fitted on it and ranking was on the first 814, and
#   synonyms.yaml was written beside 489 of them. The last 334 came later from people who knew neither articles nor
#   words: docs/decisions/0004-search.md tells how they fared before anything was fitted on them.
#   Validation: {fresh} questions written apart from all of this, never read or fitted; counted a dozen times, before
#   and after each round of words and weights, to see that none made it worse.
"""


@dataclass(frozen=True)
class Question:
    """A line of the file of questions: no `covers` means that the documents do not answer it."""

    text: str
    kind: str
    covers: frozenset[str]
    part: str

    def right(self, article: Article) -> bool:
        """Whether an article answers the question."""
        return not self.covers.isdisjoint(article.covers)


@dataclass(frozen=True)
class Sample:
    """The signals of the first article for a question, and whether it is the right one."""

    signals: Mapping[str, float]
    right: bool
    known: bool


def questions(part: str | None = None, path: Path = QUESTIONS) -> list[Question]:
    """The questions of one part, or all."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [Question(row["q"], row["kind"], frozenset(row["covers"]), row["part"]) for row in rows]
    return [question for question in found if part in {None, question.part}]


def samples(search: Search, asked: Iterable[Question]) -> list[Sample]:
    """What the regression learns from; questions that meet no article at all need no regression."""
    found = []
    for question in asked:
        understood = search.understand(question.text)
        if ranked := search.rank(understood):
            right = question.right(ranked[0][0].article)
            found.append(Sample(search.signals(understood, ranked, 0), right, bool(question.covers)))
    return found


def sigmoid(value: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-value))


def solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """The solution of a small system of linear equations, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for at in range(len(rows)):
        best = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        pivot = [value / rows[at][at] for value in rows[at]]
        rows = [
            pivot if number == at else [value - row[at] * own for value, own in zip(row, pivot, strict=True)]
            for number, row in enumerate(rows)
        ]
    return [row[-1] for row in rows]


def fit(data: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """Bias and weights of the logistic regression, by Newton's method."""
    names = list(data[0].signals)
    inputs = [[1.0, *(sample.signals[name] for name in names)] for sample in data]
    size = len(names) + 1
    weights = [0.0] * size
    for _ in range(12):
        guesses = [sigmoid(sum(w * x for w, x in zip(weights, row, strict=True))) for row in inputs]
        slope = [RIDGE * weight * (at > 0) for at, weight in enumerate(weights)]
        curve = [[RIDGE * (one == other and one > 0) for other in range(size)] for one in range(size)]
        for row, guess, sample in zip(inputs, guesses, data, strict=True):
            spread = guess * (1 - guess)
            for one in range(size):
                slope[one] += row[one] * (guess - sample.right)
                for other in range(size):
                    curve[one][other] += row[one] * row[other] * spread
        weights = [weight - step for weight, step in zip(weights, solve(curve, slope), strict=True)]
    return weights[0], dict(zip(names, weights[1:], strict=True))


def confidence(model: tuple[float, dict[str, float]], sample: Sample) -> float:
    """What a model says of a sample."""
    bias, weights = model
    return sigmoid(bias + sum(weights[name] * value for name, value in sample.signals.items()))


def crossed(data: Sequence[Sample]) -> list[float]:
    """The confidence of every sample by a model that has not seen it."""
    models = [fit([one for at, one in enumerate(data) if at % FOLDS != fold]) for fold in range(FOLDS)]
    return [confidence(models[at % FOLDS], sample) for at, sample in enumerate(data)]


def calibrate(search: Search, asked: Sequence[Question]) -> Calibration:
    """The search's calibration with confidence and thresholds fitted on these questions. Prints what to expect."""
    orders = [Question(text, "order", frozenset(), "dev") for text in search.synonyms.order_examples]
    own = samples(search, asked)
    data = own + samples(search, orders)
    judged = list(zip(crossed(data), own, strict=False))
    known = sorted(value for value, sample in judged if sample.known)
    strangers = [value for value, sample in judged if not sample.known]
    strange = sum(not question.covers for question in asked)
    answer = round(known[int((1 - KNOWN_ANSWERED) * len(known))], 2)
    answered = [sample.right for value, sample in judged if sample.known and value >= answer]
    print(
        f"cross-validated: {len(answered) / len(known):.1%} of in-scope answered, {sum(answered) / len(answered):.1%}"
        f" of these right, {sum(value >= answer for value in strangers) / strange:.1%} of strangers answered"
    )
    bias, weights = fit(data)
    return replace(
        search.calibration,
        bias=round(bias, 3),
        signals={name: round(weight, 3) for name, weight in weights.items()},
        answer=answer,
        unsure=round(known[int(KNOWN_REFUSED * len(known))], 2),
    )


def share(values: Sequence[bool]) -> str:
    """A share in percent, to read."""
    return f"{100 * sum(values) / len(values):5.1f}" if values else "    -"


def figures(asked: Sequence[tuple[Question, Result]]) -> dict[str, float]:
    """What a search achieves on some questions."""
    known = [(question, result) for question, result in asked if question.covers]
    strange = [result.outcome for question, result in asked if not question.covers]
    outcomes = [result.outcome for _, result in known]

    def part(values: Sequence[bool]) -> float:
        return round(sum(values) / max(len(values), 1), 3)

    def outcome(among: Sequence[Outcome], wanted: Outcome) -> float:
        return part([one == wanted for one in among])

    answered = [(question, result) for question, result in known if result.outcome == "answer"]
    return {
        "in_scope": len(known),
        "top1": part([any(question.right(hit.article) for hit in result.hits[:1]) for question, result in known]),
        "top3": part([any(question.right(hit.article) for hit in result.hits[:3]) for question, result in known]),
        "answered": outcome(outcomes, "answer"),
        "right_when_answered": part([question.right(result.hits[0].article) for question, result in answered]),
        "refused": outcome(outcomes, "none"),
        "out_of_scope": len(strange),
        "strangers_not_answered": round(1 - outcome(strange, "answer"), 3),
        "strangers_refused": outcome(strange, "none"),
    }


def table(asked: Sequence[tuple[Question, Result]]) -> None:
    """Print the figures by kind of question."""
    print(f"{'kind':16}{'n':>5} {'top-1':>6} {'top-3':>6} {'answer':>6} {'unsure':>6} {'none':>6}")
    for kind in sorted({question.kind for question, _ in asked}):
        rows = [(question, result) for question, result in asked if question.kind == kind]
        known = [(question, result) for question, result in rows if question.covers]
        first = [any(question.right(hit.article) for hit in result.hits[:1]) for question, result in known]
        three = [any(question.right(hit.article) for hit in result.hits[:3]) for question, result in known]
        zones = [share([result.outcome == zone for _, result in rows]) for zone in ("answer", "unsure", "none")]
        print(f"{kind:16}{len(rows):5} {share(first):>6} {share(three):>6} {' '.join(f'{zone:>6}' for zone in zones)}")


def written(calibration: Calibration, articles: int, measured: Mapping[str, Mapping[str, float]]) -> str:
    """The text of `calibration.yaml`."""

    def row(values: Mapping[str, float]) -> str:
        return "{" + ", ".join(f"{name}: {value:g}" for name, value in values.items()) + "}"

    head = HEAD.format(
        dev=len(questions("dev")),
        fresh=len(questions("validation")),
        ridge=RIDGE,
        answered=KNOWN_ANSWERED,
        refused=KNOWN_REFUSED,
        folds=FOLDS,
        articles=articles,
    )
    return f"""{head}ranking:
  kinds: {row(calibration.kinds)}
  fields: {row(calibration.fields)}
  saturation: {row(calibration.saturation)}
  length: {calibration.length:g}
confidence:
  bias: {calibration.bias:g}
  signals: {row(calibration.signals)}
  answer: {calibration.answer:g}
  unsure: {calibration.unsure:g}
measured:
  dev: {row(measured["dev"])}
  validation: {row(measured["validation"])}
"""


def main() -> None:
    """Calibrate, print, write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--dry-run", action="store_true", help="write nothing")
    options.add_argument("--validation", action="store_true", help="count the validation questions too")
    given = options.parse_args()
    library = Library.load()
    search = Search(library.articles.values())
    search.calibration = calibrate(search, questions("dev"))
    measured = dict(read(FOLDER / "calibration.yaml")["measured"])
    for part in ("dev", "validation") if given.validation else ("dev",):
        asked = [(question, search.ask(question.text)) for question in questions(part)]
        measured[part] = figures(asked)
        print(f"\n{part}: {measured[part]}")
        table(asked)
    text = written(search.calibration, len(library), measured)
    if not given.dry_run:
        (FOLDER / "calibration.yaml").write_text(text, encoding="utf-8")
    print(f"\n{text}")


if __name__ == "__main__":
    main()
