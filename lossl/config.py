"""`[tool.lossl]` as a frozen value: the closest configuration file, checked key by key. Knows no rule, runs no code."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from fnmatch import translate
from functools import lru_cache
from glob import escape
from typing import Any

from lossl.declared import DeclaredActivation, DeclaredLoss, UnknownKey, activations, chosen, hint, losses
from lossl.errors import ConfigError
from lossl.tomllines import line_of

FILE_NAMES = ("lossl.toml", ".lossl.toml", "pyproject.toml")
"""Looked for in this order in each folder, from the current one upwards; the last counts if it has `[tool.lossl]`."""

OUTPUT_FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")

DEFAULT_EXCLUDE = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".lossl_cache",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "buck-out",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)


@dataclass(frozen=True)
class Config:
    """What the user configured. Each field is a key of the file, `-` for `_`, except `root` and `file`.

    Patterns are matched as `matches_path` says, relative to `root`. Selectors are those of `lossl.selection`; `select`
    is None if the default selection applies. `src` are absolute folders in which imports are looked up as well,
    `stubs` absolute folders of stubs; `losses` and `activations` are what the user declares of them.
    """

    root: str = field(default_factory=os.getcwd)
    file: str | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    src: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    losses: tuple[DeclaredLoss, ...] = ()
    activations: tuple[DeclaredActivation, ...] = ()
    unsafe_fixes: bool = False
    cache_dir: str = ".lossl_cache"
    output_format: str = "full"

    def excludes(self, path: str) -> bool:
        """True if a pattern of `exclude` or `extend-exclude` matches this absolute path."""
        name = os.path.basename(path)
        names, others = _divided((*self.exclude, *self.extend_exclude))
        return name in names or any(matches_path(pattern, path, name, self.root) for pattern in others)


def matches_path(pattern: str, path: str, name: str, root: str) -> bool:
    """True if the pattern matches `name`, the last part of the absolute `path`, or all of it, relative to `root`.

    `*` matches any characters, folder separators too; `?` one; `[ab]` one of these. A leading `!` negates.
    """
    if pattern.startswith("!"):
        return not matches_path(pattern[1:], path, name, root)
    if "/" not in pattern.rstrip("/"):
        return _matches(pattern.rstrip("/"), name)
    whole = os.path.normpath(os.path.join(escape(root), pattern)).replace(os.sep, "/")
    # `**/` may also stand for no folder at all, which `*` followed by a separator cannot.
    return any(_matches(each, path.replace(os.sep, "/")) for each in {whole, whole.replace("**/", "")})


def load(*, file: str | None = None, isolated: bool = False, cwd: str | None = None) -> Config:
    """The configuration in `file`, or in the closest file upwards from `cwd`; the default one if `isolated`.

    Patterns of a file that was found are relative to its folder, those of one that was given to `cwd`.
    Raises ConfigError if the file cannot be read, has an unknown key or a wrong value.
    """
    cwd = os.path.abspath(cwd or os.getcwd())
    if isolated:
        return Config(root=cwd)
    if file is not None:
        path = os.path.join(cwd, file)
        return _config(path, _table(path) or {}, cwd)
    folder = cwd
    while True:
        for name in FILE_NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (table := _table(path)) is not None:
                return _config(path, table, folder)
        if folder == (folder := os.path.dirname(folder)):
            return Config(root=cwd)


@lru_cache(maxsize=8)
def _divided(patterns: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Plain names, which are most of the patterns and need no matching, and the others."""
    names = frozenset(pattern for pattern in patterns if not _SPECIAL.search(pattern))
    return names, tuple(pattern for pattern in patterns if pattern not in names)


def _matches(pattern: str, text: str) -> bool:
    return pattern == text or (_WILDCARD.search(pattern) is not None and _compiled(pattern).match(text) is not None)


_WILDCARD = re.compile(r"[*?\[]")
_SPECIAL = re.compile(r"[*?\[!/]")


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern))


def _table(path: str) -> Mapping[str, Any] | None:
    """The keys of lossl in this file; None if it is a pyproject.toml without any."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        with open(path, "rb") as stream:
            document: dict[str, Any] = tomllib.load(stream)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None
    if os.path.basename(path) != "pyproject.toml":
        return document
    tool = document.get("tool")
    table = tool.get("lossl") if isinstance(tool, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ConfigError(f"{path}: `tool.lossl` must be a table, not {_named(table)}")


def _config(path: str, table: Mapping[str, Any], root: str) -> Config:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _READERS:
            raise ConfigError(f"{_at(path, key)}: unknown key `{key}`{_hint(key, path)}")
        try:
            values[key.replace("-", "_")] = _READERS[key](value)
        except UnknownKey as error:
            raise ConfigError(f"{_at(path, key, *error.keys)}: {error}") from None
        except ValueError as error:
            keys = (key, *getattr(error, "keys", ()))
            raise ConfigError(f"{_at(path, *keys)}: `{_dotted(keys)}` must be {error}") from None
    for key in {"src", "stubs"} & values.keys():
        values[key] = tuple(os.path.normpath(os.path.join(root, folder)) for folder in values[key])
    for folder in values.get("stubs", ()):
        if not os.path.isdir(folder):
            raise ConfigError(f"{_at(path, 'stubs')}: `stubs` must be a list of folders, but there is no {folder}")
    return Config(root=root, file=path, **values)


def _at(path: str, *keys: str) -> str:
    """The file, and the line in it where these keys lead to."""
    with open(path, encoding="utf-8") as stream:
        prefix = ("tool", "lossl") if os.path.basename(path) == "pyproject.toml" else ()
        line = line_of(stream.read(), (*prefix, *keys))
    return f"{path}:{line}" if line is not None else path


def _dotted(keys: tuple[str, ...]) -> str:
    return ".".join(key if re.fullmatch(r"[\w-]+", key) else f'"{key}"' for key in keys)


def _hint(key: str, path: str) -> str:
    if key == "tool" and os.path.basename(path) != "pyproject.toml":
        return "; in this file the keys stand at the top, without [tool.lossl]"
    return hint(key, tuple(_READERS))


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"a list of strings, not {_named(value)}")
    for item in value:
        if not isinstance(item, str):
            raise ValueError(f"a list of strings, but holds {_named(item)}")
    return tuple(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false, not {_named(value)}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"a string, not {_named(value)}" if value != "" else "the name of a folder")
    return value


def _output_format(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a string, not {_named(value)}")
    return chosen(value, OUTPUT_FORMATS)


def _per_file(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError(f"a table from patterns to lists of rules, not {_named(value)}")
    found = []
    for pattern, selectors in value.items():
        try:
            found.append((pattern, _strings(selectors)))
        except ValueError as error:
            raise ValueError(f"a table from patterns to lists of rules: `{pattern}` must be {error}") from None
    return tuple(found)


def _named(value: Any) -> str:
    kinds = {bool: "a boolean", str: "a string", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date or time")


_READERS: dict[str, Callable[[Any], Any]] = {
    "select": _strings,
    "extend-select": _strings,
    "ignore": _strings,
    "per-file-ignores": _per_file,
    "exclude": _strings,
    "extend-exclude": _strings,
    "force-exclude": _flag,
    "respect-gitignore": _flag,
    "src": _strings,
    "stubs": _strings,
    "losses": losses,
    "activations": activations,
    "unsafe-fixes": _flag,
    "cache-dir": _text,
    "output-format": _output_format,
}
assert {key.replace("-", "_") for key in _READERS} == {f.name for f in fields(Config)} - {"root", "file"}
