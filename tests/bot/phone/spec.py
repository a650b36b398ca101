"""Bot API requests checked against the machine-readable description of Telegram (a file outside the repository).

`violations(calls)` serves the whole suite: give it what `BotApi(record_calls=True).calls` holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

SPEC = Path(__file__).parents[4] / "shared" / "data" / "telegram-bot-api-10.0.json"


@cache
def load() -> dict[str, Any] | None:
    """The description, with fields by name; None where the file is absent (then skip)."""
    if not SPEC.is_file():
        return None
    found = json.loads(SPEC.read_text(encoding="utf-8"))
    for kind in ("methods", "types"):
        for one in found[kind].values():
            one["fields"] = {field["name"]: field for field in one.get("fields", ())}
    return dict(found)


def violations(calls: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> list[str]:
    """What is wrong with recorded (method, params, files): nothing, if the bot speaks Bot API 10.0."""
    spec = load()
    assert spec is not None, f"{SPEC} is absent"
    return [wrong for call in calls for wrong in _call(spec, *call)]


def _call(spec: dict[str, Any], method: str, params: Mapping[str, Any], files: Mapping[str, Any]) -> list[str]:
    known = spec["methods"].get(method)
    if known is None:
        return [f"{method}: unknown method"]
    fields = known["fields"]
    found = [f"{method}: unknown parameter {name}" for name in params if name not in fields]
    found += [
        f"{method}: {name} is missing"
        for name, field in fields.items()
        if field["required"] and name not in params and name not in files
    ]
    for name, value in params.items():
        if name in fields:
            found += _value(spec, fields[name]["types"], value, f"{method}.{name}")
    attached = json.dumps([value for value in params.values() if isinstance(value, str)])
    for name in files:
        named = "InputFile" in fields.get(name, {"types": ()})["types"]
        if not named and f"attach://{name}" not in attached:
            found.append(f"{method}: file {name} belongs to no parameter")
    return found


def _value(spec: dict[str, Any], types: list[str], value: object, where: str, *, wire: bool = True) -> list[str]:
    """Check against alternatives: right if one of them fits; else what the last one found."""
    found: list[str] = []
    for kind in types:
        found = _one(spec, kind, value, where, wire)
        if not found:
            return []
    return found


def _one(spec: dict[str, Any], kind: str, value: object, where: str, wire: bool) -> list[str]:
    """Check one type; on the wire (forms) everything but text comes as JSON in a string."""
    if kind in ("String", "InputFile"):
        return [] if isinstance(value, str) else [f"{where}: {value!r} is no {kind}"]
    if wire and isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return [f"{where}: {value!r} is no {kind}"]
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no {kind}"]
        inner = kind.removeprefix("Array of ")
        return [wrong for i, one in enumerate(value) for wrong in _one(spec, inner, one, f"{where}[{i}]", False)]
    plain = {"Integer": (int,), "Float": (int, float), "Boolean": (bool,)}.get(kind)
    if plain:
        right = isinstance(value, plain) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if right else [f"{where}: {value!r} is no {kind}"]
    return _record(spec, kind, value, where)


def _record(spec: dict[str, Any], kind: str, value: object, where: str) -> list[str]:
    """Check an object; of a type with subtypes it must fit one."""
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no {kind}"]
    known = spec["types"][kind]
    if known.get("subtypes"):
        tries = [_record(spec, one, value, where) for one in _candidates(spec, known["subtypes"], value)]
        return min(tries, key=len) if tries else [f"{where}: no {kind} has type {value.get('type')!r}"]
    fields = known["fields"]
    found = [f"{where}: {kind} has no {name}" for name in value if name not in fields]
    found += [
        f"{where}: {name} is missing in {kind}"
        for name, field in fields.items()
        if field["required"] and name not in value
    ]
    for name, inner in value.items():
        if name in fields:
            found += _value(spec, fields[name]["types"], inner, f"{where}.{name}", wire=False)
    return found


def _candidates(spec: dict[str, Any], subtypes: list[str], value: dict[str, Any]) -> list[str]:
    """Subtypes whose description names the value's `type` ("… must be photo")."""
    if "type" not in value:
        return subtypes
    named = f"must be {value['type']}"
    said = {one: spec["types"][one]["fields"].get("type", {}).get("description", "") for one in subtypes}
    return [one for one in subtypes if said[one].endswith(named)]
