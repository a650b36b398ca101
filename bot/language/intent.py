"""What kind of message it is: a courtesy, or else a question."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from typing import Literal

import yaml

Intent = Literal["greeting", "thanks", "question"]

LEXICON = Path(__file__).parent / "lexicon" / "courtesies.yaml"
MARKS = re.compile(r"[^\w]+")
PARTICLES = "啊呀呢哦哈吧啦喔噢"


@functools.cache
def courtesies() -> dict[str, Intent]:
    """Every known courtesy with its kind."""
    kinds: dict[Intent, list[str | bool]] = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    return {_bare(str(phrase)): kind for kind, phrases in kinds.items() for phrase in phrases}


def intent_of(text: str) -> Intent:
    """The kind of a message: a courtesy only where the whole message is one."""
    return courtesies().get(_bare(text), "question")


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:200]).casefold()
    letters = MARKS.sub("", folded).replace("謝", "谢").replace("嗎", "吗")
    return letters.rstrip(PARTICLES) or letters
