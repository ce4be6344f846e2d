"""Results kept between runs: by what was asked, by lossl itself, and by everything that was read to find them.

A file of the cache is JSON: what is in it can be wrong, but it cannot do anything. One that cannot be understood is
taken for absent. Writing is atomic; where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from lossl import __version__
from lossl.config import Config
from lossl.source.disk import Disk, Evidence, digest, digest_of

FORMAT = 1
TAG = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by lossl; `lossl clean` removes it.\n"


class Cache:
    """A folder of results. `about` is all that decides a result besides the files that are checked."""

    def __init__(self, folder: str | None, about: Collection[str] = ()) -> None:
        self.folder = folder
        self.about = digest_of((str(FORMAT), *about))

    def get(self, asked: Collection[str], disk: Disk) -> tuple[Any, Evidence] | None:
        """What was found for this question, if everything it depends on is as it was."""
        if self.folder is None:
            return None
        try:
            with open(self._path(asked), encoding="utf-8") as stream:
                kept = json.load(stream)
            evidence: Evidence = kept["evidence"]
            return (kept["result"], evidence) if disk.holds(evidence) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None  # absent, or damaged, which is no reason to stop

    def put(self, asked: Collection[str], result: Any, evidence: Evidence) -> None:
        """Keep what was found."""
        if self.folder is None:
            return
        text = json.dumps({"evidence": evidence, "result": result}, separators=(",", ":"))
        with contextlib.suppress(OSError, UnicodeError):
            self._prepare()
            descriptor, path = tempfile.mkstemp(dir=self.folder, prefix="new-")
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                    stream.write(text)
                os.replace(path, self._path(asked))
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(path)
                raise

    def _path(self, asked: Collection[str]) -> str:
        return os.path.join(self.folder or "", digest_of((self.about, *asked)) + ".json")

    def _prepare(self) -> None:
        """Make the folder, invisible to git and to backups."""
        folder = Path(self.folder or "")
        if not (folder / TAG).exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            (folder / TAG).write_text(_SIGNATURE, encoding="utf-8")


def about(config: Config, rules: Iterable[object]) -> list[str]:
    """All that decides a result besides what is checked: lossl, Python, the rules, the configuration."""
    keys = (config.root, config.src, config.stubs, config.losses, config.activations)
    parts = [__version__, sys.version, repr(keys)]
    modules = {getattr(sys.modules.get(_module(rule)), "__file__", None) for rule in rules}
    parts += [f"{path}:{_state(path)}" for path in sorted(str(module) for module in modules if module)]
    parts += [f"{path}:{_state(path)}" for path in _own_files()]
    for folder in config.stubs:
        parts += [f"{path}:{digest(path.read_bytes())}" for path in sorted(Path(folder).rglob("*.pyi"))]
    return parts


def clean(folder: str) -> bool:
    """Remove a cache; False if there is none. A folder that lossl did not make is left alone."""
    if not os.path.isfile(os.path.join(folder, TAG)):
        return False
    with open(os.path.join(folder, TAG), encoding="utf-8", errors="replace") as stream:
        if stream.read() != _SIGNATURE:
            return False
    shutil.rmtree(folder)
    return True


def folder_of(config: Config) -> str:
    """Where results are kept: `LOSSL_CACHE_DIR`, the configuration, or `.lossl_cache` in the root."""
    chosen = os.environ.get("LOSSL_CACHE_DIR") or config.cache_dir
    return os.path.normpath(os.path.join(config.root, chosen))


def _module(rule: object) -> str:
    return str(getattr(getattr(rule, "check", None), "__module__", ""))


def _own_files() -> Iterator[str]:
    package = os.path.dirname(os.path.abspath(__file__))
    for folder, inner, names in os.walk(package):
        inner.sort()
        yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith((".py", ".pyi")))


def _state(path: str) -> str:
    found = os.stat(path)
    return f"{found.st_size}:{found.st_mtime_ns}"
