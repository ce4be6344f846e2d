"""The configuration as a JSON Schema, which editors complete and check `lossl.toml` by.

`lossl/lossl.schema.json` holds what `schema` gives; a test keeps it so.
"""

from __future__ import annotations

from typing import Any

from lossl.config import OUTPUT_FORMATS
from lossl.declared import GIVES, KINDS, NAME, TAKES

Schema = dict[str, Any]
_STRINGS: Schema = {"type": "array", "items": {"type": "string"}}
_FLAG: Schema = {"type": "boolean"}


def schema() -> Schema:
    """The keys of `lossl.toml`, which are those of `[tool.lossl]`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of lossl",
        "description": "The keys of lossl.toml, or of [tool.lossl] in pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(),
    }


def _properties() -> Schema:
    per_file = {"type": "object", "additionalProperties": _STRINGS}
    return {
        "select": _said(_STRINGS, "Report these only: names, codes, beginnings of codes, or ALL."),
        "extend-select": _said(_STRINGS, "Report these as well."),
        "ignore": _said(_STRINGS, "Do not report these."),
        "per-file-ignores": _said(per_file, "Do not report these in files that match the pattern."),
        "exclude": _said(_STRINGS, "Patterns of files and folders that are left out, in place of the default ones."),
        "extend-exclude": _said(_STRINGS, "Patterns of files and folders that are left out besides those of exclude."),
        "force-exclude": _said(_FLAG, "Leave out what is excluded even if it is given by name."),
        "respect-gitignore": _said(_FLAG, "Leave out what .gitignore files hide."),
        "src": _said(_STRINGS, "Folders, relative to this file, in which imports are looked up as well."),
        "stubs": _said(_STRINGS, "Folders, relative to this file, with stubs of your own."),
        "losses": _said(_table(_loss()), "What losses take, by the names under which code imports them."),
        "activations": _said(
            _table(_activation()), "What activations give, by the names under which code imports them."
        ),
        "unsafe-fixes": _said(_FLAG, "Let --fix and --diff use unsafe fixes as well."),
        "cache-dir": _said(
            {"type": "string", "minLength": 1}, "The folder, relative to this file, that keeps results between runs."
        ),
        "output-format": _said({"enum": list(OUTPUT_FORMATS)}, "How to show findings."),
    }


def _said(kind: Schema, description: str) -> Schema:
    return {"description": description, **kind}


def _table(entry: Schema) -> Schema:
    names = {"pattern": f"^{NAME}$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": entry}


def _loss() -> Schema:
    takes: Schema = {"enum": list(TAKES)}
    return _either(
        takes,
        input=_said(takes, "What the prediction has to be."),
        argument={"type": "string", "description": "The name of the parameter that takes the prediction."},
        position={"type": "integer", "minimum": 1, "description": "The place of the prediction among the arguments."},
        kind={"enum": list(KINDS), "description": "What the name is, if its spelling does not tell."},
    )


def _activation() -> Schema:
    gives: Schema = {"enum": list(GIVES)}
    return _either(
        gives,
        output=_said(gives, "What comes out."),
        axis={"type": "integer", "description": "The axis over which the classes of a distribution lie."},
        kind={"enum": list(KINDS), "description": "What the name is, if its spelling does not tell."},
    )


def _either(word: Schema, **keys: Schema) -> Schema:
    """A word, or a table whose first key is that word."""
    required = next(iter(keys))
    return {
        "anyOf": [word, {"type": "object", "additionalProperties": False, "required": [required], "properties": keys}]
    }
