"""From paths to files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lossl.config import Config
from lossl.errors import Failure, UsageError
from lossl.source import discover as module
from lossl.source.discover import discover


def tree(root: Path, *names: str) -> Path:
    """Make empty files; `name -> target` makes a link, `name: text` a file with that text."""
    for name in names:
        where, arrow, target = name.partition(" -> ")
        where, colon, text = where.partition(": ")
        path = root / where
        path.parent.mkdir(parents=True, exist_ok=True)
        if arrow:
            path.symlink_to(target)
        else:
            path.write_text(text if colon else "")
    return root


def found(root: Path, *paths: str, **options: Any) -> list[str]:
    config = Config(root=str(root), **options)
    files, failures = discover([str(root / path) for path in paths or (".",)], config)
    assert not failures
    return [os.path.relpath(path, root) for path in files]


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    tree(tmp_path, "b.py", "a/z.py", "a/y.py", "a/readme.md", "c.pyi", "d.ipynb", "e.PY")
    assert found(tmp_path) == ["a/y.py", "a/z.py", "b.py", "d.ipynb"]


def test_the_order_of_paths_does_not_matter(tmp_path: Path) -> None:
    tree(tmp_path, "a/x.py", "b/x.py", "c -> a")
    assert found(tmp_path, "c", "b", "a") == found(tmp_path, "a", "b", "c") == ["a/x.py", "b/x.py"]


def test_paths_are_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.py")
    monkeypatch.chdir(tmp_path)
    assert discover(["."], Config())[0] == discover(["a.py", "./a.py"], Config())[0] == (str(tmp_path / "a.py"),)


def test_default_excludes(tmp_path: Path) -> None:
    tree(
        tmp_path, ".venv/a.py", "x/node_modules/a.py", "build/a.py", "x/build.py", ".git/a.py", "lib/site-packages/b.py"
    )
    assert found(tmp_path) == ["x/build.py"]


def test_excludes_of_the_configuration(tmp_path: Path) -> None:
    tree(tmp_path, "a/old/x.py", "b/old/x.py", "b/x_test.py", "build/x.py")
    assert found(tmp_path, extend_exclude=("a/old", "*_test.py")) == ["b/old/x.py"]
    assert found(tmp_path, exclude=("old",)) == ["b/x_test.py", "build/x.py"]


def test_what_is_given_is_taken(tmp_path: Path) -> None:
    tree(tmp_path, "build/a.py", "build/venv/b.py", "notes.txt", ".gitignore: build", ".git/HEAD")
    assert found(tmp_path, "build/a.py", "notes.txt") == ["build/a.py", "notes.txt"]
    assert found(tmp_path, "build") == ["build/a.py"]


def test_unless_excludes_are_forced(tmp_path: Path) -> None:
    tree(tmp_path, "build/deep/a.py", "src/a.py")
    assert found(tmp_path, "build/deep/a.py", "build/deep", "src/a.py", force_exclude=True) == ["src/a.py"]


def test_a_folder_outside_the_root_is_not_excluded_by_its_parents(tmp_path: Path) -> None:
    tree(tmp_path, "build/project/a.py")
    assert found(tmp_path / "build" / "project", "a.py", force_exclude=True) == ["a.py"]


def test_gitignore(tmp_path: Path) -> None:
    tree(
        tmp_path,
        ".gitignore: *.gen.py\n/data/\n!keep.gen.py\n!\n\\\n",
        "a.gen.py",
        "keep.gen.py",
        "data/x.py",
        "sub/data/x.py",
        "sub/.gitignore: x.py\n!b.gen.py",
        "sub/b.gen.py",
        "sub/c.gen.py",
        "sub/deep/x.py",
    )
    assert found(tmp_path) == ["keep.gen.py", "sub/b.gen.py"]
    assert len(found(tmp_path, respect_gitignore=False)) == 7


def test_gitignore_above(tmp_path: Path) -> None:
    tree(
        tmp_path, ".git/HEAD", ".gitignore: gen\nlogs/\n", "src/gen/a.py", "src/a.py", "logs/sub/a.py", "logs/gen/b.py"
    )
    assert found(tmp_path, "src") == ["src/a.py"]
    # A folder that git ignores is searched if it is given; nothing in it is ignored any more.
    assert found(tmp_path, "logs/sub") == ["logs/sub/a.py"]
    assert found(tmp_path, "src", respect_gitignore=False) == ["src/a.py", "src/gen/a.py"]


def test_gitignore_above_stops_at_the_repository(tmp_path: Path) -> None:
    tree(tmp_path, ".gitignore: a.py", "repository/.git/HEAD", "repository/a.py", "repository/src/a.py")
    assert found(tmp_path, "repository") == ["repository/a.py", "repository/src/a.py"]
    assert found(tmp_path, "repository/src") == ["repository/src/a.py"]


def test_no_gitignore_no_pathspec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_spec", None)
    tree(tmp_path, "a.py")
    assert found(tmp_path) == ["a.py"]


def test_links(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "a/x.py",
        "a/self -> .",
        "a/up -> ..",
        "b/loop -> loop",
        "b/gone -> nowhere",
        "0 -> a",
        "y.py -> a/x.py",
    )
    assert found(tmp_path) == ["a/x.py"]
    assert found(tmp_path, "0") == ["0/x.py"]
    assert found(tmp_path, "0", "a") == ["a/x.py"]


def test_a_link_to_elsewhere_is_followed(tmp_path: Path) -> None:
    tree(tmp_path, "elsewhere/x.py", "elsewhere/venv/y.py", "project/link -> ../elsewhere", "project/z.py")
    assert found(tmp_path / "project") == ["link/x.py", "z.py"]


def test_a_file_by_two_paths_is_there_once(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "b.py -> a.py", "c.py -> a.py")
    assert found(tmp_path, "c.py", "b.py") == ["b.py"]
    assert found(tmp_path, "b.py", "a.py", "./a.py") == ["a.py"]


def test_a_missing_path_is_named_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"^nowhere/x\.py: there is no such file or folder$"):
        discover([".", "nowhere/x.py"], Config())


def test_what_is_only_in_memory_is_taken(tmp_path: Path) -> None:
    path = str(tmp_path / "new.py")
    assert discover([path], Config(), {path: b""}) == ((path,), ())


def test_a_folder_without_permission_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a/x.py", "b/y.py")
    scandir = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(module.os, "scandir", refuse)
    files, failures = discover([str(tmp_path)], Config(root=str(tmp_path)))
    assert files == (str(tmp_path / "b" / "y.py"),)
    assert failures == (Failure(str(tmp_path / "a"), "cannot be searched: Permission denied"),)


def test_deep_folders(tmp_path: Path) -> None:
    deep = "/".join(["d"] * 400)
    tree(tmp_path, f"{deep}/x.py")
    assert found(tmp_path) == [f"{deep}/x.py"]


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.py")
    Path(path).write_text("")
    assert discover([str(tmp_path)], Config(root=str(tmp_path))) == ((path,), ())
