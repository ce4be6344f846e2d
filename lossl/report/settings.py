"""The settings in force, as `lossl check --show-settings` shows them: the keys of a configuration file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from lossl.config import Config

_NOT_KEYS = {"root", "file", "extend_select", "ignore"}


def render(config: Config, rules: Collection[str]) -> str:
    """Every key with its value, in TOML; `select` holds the names of the selected `rules`."""
    lines = [f"# configuration file: {config.file or 'none'}", f"# project: {config.root}"]
    for field in fields(config):
        if field.name not in _NOT_KEYS:
            value = sorted(rules) if field.name == "select" else getattr(config, field.name)
            lines.append(f"{field.name.replace('_', '-')} = {_toml(value)}")
    return "".join(f"{line}\n" for line in lines)


def _toml(value: Any) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        value = {name.replace("_", "-"): held for name, held in asdict(value).items() if held not in (None, ())}
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(str(key))} = {_toml(held)}" for key, held in value.items()) + " }"
    if isinstance(value, (list, tuple, set, frozenset)):
        pairs = value and all(isinstance(each, tuple) and len(each) == 2 for each in value)
        return _toml(dict(value)) if pairs else "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value) if isinstance(value, (str, bool, int, float)) else json.dumps(str(value))
