"""Telegram's HTML: parsed with UTF-16 offsets, refused where Telegram refuses, shown safely."""

from __future__ import annotations

import contextlib
import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phone.errors import ApiError
from bot.phone.html_entities import checked_entities, parse_html, to_html, units, with_commands


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>知行</b>", "知行", [entity("bold", 0, 2)]),
        ("😀<b>a</b>", "😀a", [entity("bold", 2, 1)]),
        ("<b>👍🏽 好</b>!", "👍🏽 好!", [entity("bold", 0, 6)]),
        ("𠮷<i>野家</i>", "𠮷野家", [entity("italic", 2, 2)]),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39; &#x4e2d;", 'a <b> & "c" \' 中', []),
        ("<STRONG>a</strong><em>b</EM>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<code>a &lt; b</code>", "a < b", [entity("code", 0, 5)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
        ('<a href="https://a.cn/?x=1&amp;y=2">去</a>', "去", [entity("text_link", 0, 1, url="https://a.cn/?x=1&y=2")]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<b>  a </b> ", "a", [entity("bold", 0, 1)]),
        ("<b></b>a<i> </i>", "a", []),
        ("3 > 2", "3 > 2", []),
        ("<code><b>x</b></code>", "x", [entity("code", 0, 1)]),
    ],
)
def test_parses(source: str, text: str, entities: list[dict[str, object]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("知<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b a", "Unclosed start tag"),
        ("<b>a</b", "Unclosed end tag"),
        ("a < b", "Unsupported start tag"),
        ("<span>a</span>", 'must have class "tg-spoiler"'),
        ("张总 & 李总", "Unsupported character reference"),
        ("&nbsp;", "Unsupported character reference"),
        ("&#xD800;", "Invalid character code"),
        ("&#0;", "Invalid character code"),
        ("<b>a</b>" * 101, "too many entities"),
    ],
)
def test_refuses(source: str, says: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.code == 400
    assert caught.value.description.startswith("Bad Request: can't parse entities: ")
    assert says in caught.value.description


def test_a_hundred_entities_are_allowed() -> None:
    assert len(parse_html("<b>a</b> " * 100)[1]) == 100


@pytest.mark.parametrize(
    "given_entity",
    [
        {"type": "bold", "offset": 0, "length": 9},
        {"type": "bold", "offset": 1, "length": 1},
        {"type": "bold", "offset": 0, "length": 1},
        {"type": "bold", "offset": -1, "length": 2},
        {"type": "bold", "offset": 0, "length": 0},
        {"type": "sparkle", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 0, "length": 2, "url": "javascript:x"},
    ],
)
def test_refuses_wrong_explicit_entities(given_entity: dict[str, object]) -> None:
    with pytest.raises(ApiError):
        checked_entities("😀a", [given_entity])


def test_takes_right_explicit_entities() -> None:
    assert checked_entities(" 😀a", [entity("bold", 1, 2)]) == ("😀a", [entity("bold", 0, 2)])


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("/start abc", [(0, 6)]),
        ("试试 /plan，或 /check@zhixing_coach_bot", [(3, 5), (11, 24)]),
        ("😀 /plan", [(3, 5)]),
        ("1/2 http://a.cn/b a/b", []),
    ],
)
def test_finds_commands(text: str, commands: list[tuple[int, int]]) -> None:
    assert [(one["offset"], one["length"]) for one in with_commands(text, [])] == commands


def test_no_command_in_code() -> None:
    assert with_commands("/plan", [entity("code", 0, 5)]) == [entity("code", 0, 5)]


def test_shows_nested_and_overlapping_entities_as_nested_tags() -> None:
    assert to_html("😀ab<c", [entity("bold", 0, 3), entity("italic", 2, 2)]) == "<b>😀<i>a</i></b><i>b</i>&lt;c"
    assert to_html("ab", [entity("bold", 0, 2), entity("italic", 0, 1)]) == "<b><i>a</i>b</b>"


def test_shows_no_script() -> None:
    shown = to_html('<img src=x onerror=alert(1)>"', [entity("text_link", 0, 4, url="javascript:alert(1)")])
    assert shown == "&lt;img src=x onerror=alert(1)&gt;&quot;"
    link = entity("text_link", 0, 1, url='https://a.cn/"onclick="x')
    assert 'href="https://a.cn/&quot;onclick=&quot;x"' in to_html("a", [link])


@given(st.text(st.sampled_from("ab 知😀<>&\"'\n/"), max_size=20), st.sampled_from(["b", "i", "u", "s", "code", "pre"]))
def test_escaped_text_survives_the_way_to_the_page(text: str, tag: str) -> None:
    parsed, entities = parse_html(f"<{tag}>{html.escape(text)}</{tag}>")
    assert parsed == text.strip()
    assert all(one["offset"] + one["length"] <= units(parsed) for one in entities)
    assert html.unescape(re.sub(r"</?[a-z]+>", "", to_html(parsed, entities))) == parsed


@given(st.text(st.sampled_from("<>/&;ab\"'=# x-"), max_size=30))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    with contextlib.suppress(ApiError):
        text, entities = parse_html(source)
        assert all(one["offset"] + one["length"] <= units(text) for one in entities)


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(1, 8), st.sampled_from(["bold", "italic", "code"])), max_size=6)
)
def test_any_entities_give_well_nested_html(spans: list[tuple[int, int, str]]) -> None:
    text = "知a😀b<&c d"
    mid_pair = 3
    entities = [entity(kind, offset, length) for offset, length, kind in spans if offset + length <= units(text)]
    shown = to_html(text, [one for one in entities if mid_pair not in (one["offset"], one["offset"] + one["length"])])
    stack: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z]+)>", shown):
        if closing:
            assert stack.pop() == name
        else:
            stack.append(name)
    assert not stack
    assert html.unescape(re.sub(r"</?[a-z]+>", "", shown)) == text
