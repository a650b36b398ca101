"""Formatted text: Telegram's HTML to text with entities (UTF-16 offsets), and back to safe HTML for the page."""

from __future__ import annotations

import html
import itertools
import re
import sys
from typing import Any, NamedTuple

from bot.phone.errors import bad_request

Entity = dict[str, Any]

MAX_ENTITIES = 100
VERBATIM = {"code", "pre"}
SURROGATES = range(0xD800, 0xE000)
LOW_SURROGATE_BYTES = range(0xDC, 0xE0)  # second byte, little endian
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
SHOWN = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
}
# What a bot may pass as explicit entities; those that are not in SHOWN appear as plain text.
KNOWN_TYPES = {*SHOWN, "text_link", "bot_command", "mention", "hashtag", "cashtag", "url", "email", "phone_number"}
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

SPECIAL = re.compile(r"[<&]")
REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
END_TAG = re.compile(r"</([^\s>]*)\s*>")
VALUE = r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.-]+))"
START_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:{VALUE})?)*)\s*>")
ATTRIBUTE = re.compile(rf"([a-zA-Z-]+)(?:{VALUE})?")
COMMAND = re.compile(r"(?<![\w/@<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")
LINK = re.compile(r"(?:https?|tg|mailto|tel):\S+", re.IGNORECASE)


class OpenTag(NamedTuple):
    """A start tag whose end has not come yet; `start` in UTF-16 units of the text."""

    name: str
    start: int
    attributes: dict[str, str]


def units(text: str) -> int:
    """Length in UTF-16 code units, the measure of Telegram's offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of Telegram HTML, trimmed; `ApiError` 400 where Telegram cannot parse it.

    Stricter than Telegram in one point: a bare `&` is refused, because it shows a forgotten escape.
    """
    if not SPECIAL.search(source):
        return trimmed(source, [])
    out: list[str] = []
    entities: list[Entity] = []
    open_tags: list[OpenTag] = []
    at = length = 0
    for special in SPECIAL.finditer(source):
        if special.start() < at:
            continue
        piece = source[at : special.start()]
        out.append(piece)
        length += units(piece)
        at = special.start()
        if source[at] == "&":
            character, at = _reference(source, at)
            out.append(character)
            length += units(character)
        elif source.startswith("</", at):
            at = _close(source, at, open_tags, entities, length)
        else:
            name, attributes, at = _open(source, at)
            open_tags.append(OpenTag(name, length, attributes))
    out.append(source[at:])
    if open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].name}"')
    return trimmed("".join(out), entities)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text without white space around it, entities moved and clipped with it, in Telegram's order.

    Empty ones vanish; nothing stays inside code or pre. Over 100 is a 400.
    """
    bare = text.strip()
    if not entities:
        return bare, []
    lead, size = units(text[: len(text) - len(text.lstrip())]), units(bare)
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"], one["type"] not in VERBATIM)):
        start = max(0, entity["offset"] - lead)
        end = min(size, entity["offset"] - lead + entity["length"])
        moved = {**entity, "offset": start, "length": end - start}
        if start < end and moved not in kept and not _inside_code(start, end, kept):
            kept.append(moved)
    if len(kept) > MAX_ENTITIES:
        raise _unparsable(f"too many entities ({len(kept)}, at most {MAX_ENTITIES})")
    return bare, kept


def checked_entities(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Entities given by the bot itself, checked against the text; then as `trimmed`."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    for entity in entities:
        kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
        if kind not in KNOWN_TYPES:
            raise _unparsable(f'unsupported entity type "{kind}"')
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 1:
            raise _unparsable("an entity needs a non-negative offset and a positive length")
        if (offset + length) * 2 > len(encoded):
            raise bad_request("entity begins in or ends after the end of the text")
        if _splits_pair(encoded, offset) or _splits_pair(encoded, offset + length):
            raise bad_request("entity begins or ends in a middle of a UTF-16 symbol")
        if kind == "text_link" and not LINK.fullmatch(str(entity.get("url"))):
            raise bad_request("entity text_link has no valid url")
    return trimmed(text, entities)


def with_commands(text: str, entities: list[Entity]) -> list[Entity]:
    """Return the entities plus a bot_command for each `/command` that is not in code or a link."""
    if "/" not in text:
        return entities
    found = [
        {"type": "bot_command", "offset": units(text[: hit.start()]), "length": len(hit.group())}
        for hit in COMMAND.finditer(text)
    ]
    free = [one for one in found if not any(_overlap(one, other) for other in entities)]
    return sorted([*entities, *free], key=lambda one: (one["offset"], -one["length"])) if free else entities


def to_html(text: str, entities: list[Entity]) -> str:
    """Safe HTML for the page: everything escaped, only our own tags, links only to known schemes."""
    shown = [(one["offset"], one["offset"] + one["length"], *_tags(one)) for one in entities]
    shown = [one for one in shown if one[2]]
    if not shown:
        return html.escape(text)
    encoded = text.encode("utf-16-le", "surrogatepass")
    cuts = sorted({0, len(encoded) // 2, *(one[0] for one in shown), *(one[1] for one in shown)})
    out: list[str] = []
    stack: list[tuple[int, int, str, str]] = []
    for start, end in itertools.pairwise(cuts):
        for one in sorted((one for one in shown if one[0] == start), key=lambda one: -one[1]):
            stack.append(one)
            out.append(one[2])
        out.append(html.escape(encoded[start * 2 : end * 2].decode("utf-16-le", "replace")))
        _leave(stack, end, out)
    return "".join(out)


def _leave(stack: list[tuple[int, int, str, str]], end: int, out: list[str]) -> None:
    """Close what ends at `end`; what it overlaps is closed and opened again, so that tags always nest."""
    deepest = next((level for level, one in enumerate(stack) if one[1] <= end), None)
    if deepest is None:
        return
    out.extend(one[3] for one in reversed(stack[deepest:]))
    stack[deepest:] = [one for one in stack[deepest:] if one[1] > end]
    out.extend(one[2] for one in stack[deepest:])


def _tags(entity: Entity) -> tuple[str, str]:
    """Return opening and closing tag of an entity; empty where it is shown as plain text."""
    if entity["type"] == "text_link" and LINK.fullmatch(str(entity.get("url"))):
        return f'<a href="{html.escape(entity["url"])}" target="_blank" rel="noopener noreferrer">', "</a>"
    return SHOWN.get(entity["type"], ("", ""))


def _reference(source: str, at: int) -> tuple[str, int]:
    """Return the character that `&…;` at `at` stands for, and where it ends."""
    match = REFERENCE.match(source, at)
    if not match:
        raise _unparsable(f"Unsupported character reference at byte offset {_bytes(source, at)}")
    name, decimal, hexadecimal = match.groups()
    if name:
        return CHARACTERS[name], match.end()
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if not 0 < code <= sys.maxunicode or code in SURROGATES:
        raise _unparsable(f"Invalid character code at byte offset {_bytes(source, at)}")
    return chr(code), match.end()


def _open(source: str, at: int) -> tuple[str, dict[str, str], int]:
    """Name, attributes and end of the start tag at `at`."""
    match = START_TAG.match(source, at)
    name = match.group(1).lower() if match else re.split(r"[\s>]", source[at + 1 : at + 40])[0]
    if name not in TAGS:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {_bytes(source, at)}')
    if not match:
        raise _unparsable(f"Unclosed start tag at byte offset {_bytes(source, at)}")
    attributes = {
        hit.group(1).lower(): html.unescape(next((value for value in hit.groups()[1:] if value is not None), ""))
        for hit in ATTRIBUTE.finditer(match.group(2))
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {_bytes(source, at)}')
    return name, attributes, match.end()


def _close(source: str, at: int, open_tags: list[OpenTag], entities: list[Entity], length: int) -> int:
    """Take the end tag at `at`: pop its start tag, add its entity, return where the tag ends."""
    match = END_TAG.match(source, at)
    if not match:
        raise _unparsable(f"Unclosed end tag at byte offset {_bytes(source, at)}")
    if not open_tags:
        raise _unparsable(f"Unexpected end tag at byte offset {_bytes(source, at)}")
    tag = open_tags.pop()
    found = match.group(1).lower()
    if found not in ("", tag.name):
        raise _unparsable(
            f'Unmatched end tag at byte offset {_bytes(source, at)}, expected "</{tag.name}>", found "</{found}>"'
        )
    if length > tag.start:
        _add(tag, length, open_tags, entities)
    return match.end()


def _add(tag: OpenTag, end: int, open_tags: list[OpenTag], entities: list[Entity]) -> None:
    """Add the entity of a closed tag; `pre` with `code class="language-…"` in it becomes one entity."""
    name, start, attributes = tag
    entity: Entity = {"type": TAGS[name], "offset": start, "length": end - start}
    if name == "a":
        url = attributes.get("href", "")
        if not LINK.fullmatch(url):
            return  # as Telegram does: a link without a valid address is plain text
        entity["url"] = url
    elif name == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif name == "code" and attributes.get("class", "").startswith("language-") and open_tags:
        outer = open_tags[-1]
        if outer.name == "pre" and outer.start == start:
            outer.attributes["language"] = attributes["class"].removeprefix("language-")
            return
    elif name == "pre" and "language" in attributes:
        entity["language"] = attributes["language"]
    entities.append(entity)


def _inside_code(start: int, end: int, kept: list[Entity]) -> bool:
    """Whether the span lies in a code or pre entity."""
    return any(
        one["type"] in VERBATIM and one["offset"] <= start and end <= one["offset"] + one["length"] for one in kept
    )


def _overlap(one: Entity, other: Entity) -> bool:
    """Whether a found command touches a given code, pre or link entity (there it stays plain)."""
    if other["type"] not in {*VERBATIM, "text_link", "bot_command"}:
        return False
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _splits_pair(encoded: bytes, offset: int) -> bool:
    """Whether a UTF-16 offset falls between the two halves of one character."""
    return offset * 2 < len(encoded) and encoded[offset * 2 + 1] in LOW_SURROGATE_BYTES


def _bytes(source: str, at: int) -> int:
    """Offset in UTF-8 bytes, as Telegram reports it."""
    return len(source[:at].encode("utf-8", "surrogatepass"))


def _unparsable(what: str) -> Exception:
    return bad_request(f"can't parse entities: {what}")
