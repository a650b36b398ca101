"""Courtesies are told from questions; a question that begins politely stays one."""

from __future__ import annotations

import pytest

from bot.language.intent import intent_of


@pytest.mark.parametrize(
    "text", ["你好", "您好！！", "早上好～", "在吗?", "Hi", "HELLO!!", "Good morning.", "嗨", "在嗎"]
)
def test_greetings(text: str) -> None:
    assert intent_of(text).intent == "greeting"


@pytest.mark.parametrize(
    "text", ["谢谢", "谢谢啊", "謝謝", "好的，谢谢", "OK", "ok。", "收到！", "Thanks!", "thank you", "嗯嗯"]
)
def test_thanks(text: str) -> None:
    assert intent_of(text).intent == "thanks"


@pytest.mark.parametrize(
    "text",
    [
        "你好，大客户怎么算",
        "谢谢客户该怎么说",
        "hello, who is a key account",
        "好的客户有哪些",
        "行业知识学什么",
        "早会怎么开",
        "1",
    ],
)
def test_questions(text: str) -> None:
    assert intent_of(text).intent == "question"
