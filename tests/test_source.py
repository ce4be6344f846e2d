"""Source files: bytes to text to tree to places, and everything that is refused before it does harm."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossl.diagnostic import Position
from lossl.source import limits
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.lines import Lines
from lossl.source.names import dotted, names, resolve


def source(text: str | bytes) -> SourceFile:
    return SourceFile("/project/train.py", text if isinstance(text, bytes) else text.encode())


def find(file: SourceFile, code: str) -> cst.CSTNode:
    found = [n for n in file.walk() if isinstance(n, cst.BaseExpression) and file.code(n) == code]
    assert found, f"no node {code!r}"
    return found[0]


def refused(text: str | bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        _ = source(text).tree
    assert "\n" not in str(caught.value)
    return caught.value


def place(error: UnreadableFile) -> tuple[int, int]:
    start = error.location.range.start
    return start.line, start.column


# bytes to text


@pytest.mark.parametrize(
    ("data", "encoding", "bom", "text"),
    [
        (b"x = '\xc3\xa9'\r\n", "utf-8", b"", "x = 'é'\r\n"),
        (b"\xef\xbb\xbfx = 1\n", "utf-8", b"\xef\xbb\xbf", "x = 1\n"),
        (b"# coding: latin-1\nx = '\xe9'\n", "iso-8859-1", b"", "# coding: latin-1\nx = 'é'\n"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n", "cp1252", b"", None),
        (b"x = 1\ry = 2\r", "utf-8", b"", "x = 1\ry = 2\r"),
        (b"", "utf-8", b"", ""),
    ],
)
def test_decoding(data: bytes, encoding: str, bom: bytes, text: str | None) -> None:
    file = source(data)
    assert (file.encoding, file.bom) == (encoding, bom)
    assert file.text == (text if text is not None else data.decode(encoding))
    assert file.bom + file.text.encode(file.encoding) == data


@pytest.mark.parametrize(
    ("data", "words", "where"),
    [
        (b"x = 1\ny = '\xff'\n", "cannot be decoded as utf-8: invalid start byte", (2, 6)),
        (b"x = 1\n\n\n\ny = '\xc3\xa9 \xff'\n", "cannot be decoded as utf-8", (5, 8)),
        (b"# coding: nonsense\n", "unknown encoding: nonsense", (1, 1)),
        (b"# coding: rot13\nx = 1\n", "not a text encoding", (1, 1)),
        (b"\xef\xbb\xbf# coding: latin-1\n", "encoding problem", (1, 1)),
        ("x = 1".encode("utf-16"), "cannot be decoded", (1, 1)),
        (b"x = 1\ny\0 = 2\n", "NUL", (2, 2)),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, words: str, where: tuple[int, int]) -> None:
    error = refused(data)
    assert words in str(error)
    assert place(error) == where


def test_reading_gives_an_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\n")
    monkeypatch.chdir(tmp_path)
    file = SourceFile.read("a.py")
    assert (file.path, file.data) == (str(tmp_path / "a.py"), b"x = 1\n")


# text to tree


@pytest.mark.parametrize(
    ("text", "words", "where"),
    [
        ("x = 1\ny = (2\nz = 3\n", "invalid syntax: '(' was never closed", (2, 5)),
        ("def f(:\n    pass\n", "invalid syntax", (1, 7)),
        ("if a:\nx = 1\n", "invalid syntax: expected an indented block", (2, 1)),
        ("a = '😀'; = 2\n", "invalid syntax", (1, 10)),
        ('print "x"\n', "Python 2", (1, 1)),
        ("raise E, 'x'\n", "Python 2", (1, 8)),
        ("x = 0777\n", "Python 2", (1, 5)),
        ("exec 'a' in b\n", "Python 2", (1, 1)),
        ("if a <> b: pass\n", "Python 2", (1, 6)),
        ("x = 10L\n", "Python 2", (1, 6)),
    ],
)
def test_what_is_no_python_is_refused(text: str, words: str, where: tuple[int, int]) -> None:
    error = refused(text)
    assert words in str(error)
    assert place(error) == where


@pytest.mark.parametrize(
    "text",
    [
        "match x:\n    case [*_]: pass\n",
        "type A[T] = int\ndef f[T](x: T) -> T: ...\n",
        'x = f"{a["b"]} {\'\\n\'}"\n',
        "try: pass\nexcept* (A, B): pass\n",
        "if (y := f(x)): pass\n",
        "def f(a, /, *, b): ...\n",
        "\fx = 1\n",
        "\\\nx = 1\n",
        "a\n #b\n ",
    ],
)
def test_newer_and_odd_python_is_read(text: str) -> None:
    assert source(text).tree is not None


@pytest.mark.parametrize(
    "text",
    [
        "(" * 201 + "1" + ")" * 201,
        "[" * 100_000,
        "+".join("1" * 100_000),
        "a" + ".b(1)" * 20_000,
        "a" + ".b" * 20_000,
        "not " * 20_000 + "a",
        "-" * 20_000 + "a",
        "lambda a, b: " * 20_000 + "1",
        "1 if a else " * 20_000 + "1",
        "x = (" + "\n'a'" * 20_000 + ")",
        "[x " + "for x in y " * 5_000 + "]",
        "if a:\n  1\n" + "elif b:\n  2\n" * 20_000,
        "f'{" + "(" * 5_000 + "1" + ")" * 5_000 + "}'",
        "f'''{" + "+".join("1" * 5_000) + "}'''",
        'f"{' * 5_000 + "1" + '}"' * 5_000,
        "if a: pass\n" + "".join(" " * n + "if a:\n" for n in range(150)) + " " * 150 + "1\n",
        "x = (\n" + "# (((\n'(' +\n" * 2_000 + "'')\n",
        "(1 + " * 150 + "+".join("1" * 900) + ")" * 150,
        "#" * 1_000_001,
    ],
)
def test_what_would_be_too_much_is_refused(text: str) -> None:
    """None of these may crash the process or take long."""
    refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 199 + "1" + ")" * 199,
        "+".join("1" * 900),
        "a" + ".b(1)" * 100,
        "x = [" + "1 + 1,\n" * 2_000 + "]",
        "x = {" + "'a': f(b.c),\n" * 2_000 + "}",
        "x = '''" + "(" * 5_000 + "'''\n",
        "x = 'a'  # " + "(" * 5_000 + "\n",
        "x = '" + "+" * 5_000 + "'\n",
        "print(f'" + "-" * 5_000 + "{x}')\n",
        "x = r'\\'\n" * 300,
        "if a:\n  1\nelif b:\n  2\nx = 1\n" * 1_100,
        "d = [" + "lambda a, b: a,\n" * 1_100 + "]",
    ],
)
def test_long_files_of_short_things_are_read(text: str) -> None:
    assert limits.excess(text) is None
    assert limits.excess(text.replace("\n", "\r\n")) is None


def test_excess_says_the_line() -> None:
    assert limits.excess("x = '''\n\n'''\r\ny = \\\n 2\nz = " + "(" * 300) == (6, "more than 200 nested brackets")


def test_the_deep_stack_is_used_once_and_gives_everything_back() -> None:
    limit, size = sys.getrecursionlimit(), threading.stack_size()

    def depth(n: int) -> int:
        return 0 if n == 0 else 1 + depth(n - 1)

    def nested() -> tuple[int, bool]:
        here = threading.current_thread()
        return depth(20_000), limits.with_deep_stack(threading.current_thread) is here

    assert limits.with_deep_stack(nested) == (20_000, True)
    with pytest.raises(KeyError, match="x"):
        limits.with_deep_stack({}.__getitem__, "x")
    assert (sys.getrecursionlimit(), threading.stack_size()) == (limit, size)


# places


def test_spans_leave_out_a_nodes_own_parentheses() -> None:
    file = source("y = ((a + b)).mean()\n")
    node = find(file, "a + b")
    assert file.span(node) == (6, 11)
    assert file.whole_span(node) == (4, 13)
    assert file.whole_span(find(file, "a")) == file.span(find(file, "a"))
    location = file.location(node)
    assert (location.path, location.cell) == (file.path, None)
    assert location.range.start == Position(1, 7)


def test_parents_and_strangers() -> None:
    file = source("x = f(a)  # c\n")
    node = find(file, "a")
    assert isinstance(file.parent(node), cst.Arg)
    assert file.parent(file.tree) is None
    assert file.knows(node)
    assert not file.knows(cst.Name("a"))
    with pytest.raises(KeyError):
        file.span(cst.Name("a"))


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# a\nx = '#'  # b\nf(  # c\n)\n# d", ["# a", "# b", "# c", "# d"]),
        ("a\n #b\n ", ["#b"]),
        ("a;\r\n # c\r\n #", ["# c", "#"]),
    ],
)
def test_comments(text: str, comments: list[str]) -> None:
    file = source(text)
    assert [file.text[start:end] for start, end in file.comments] == comments


@pytest.mark.parametrize(
    "text",
    [
        "\fx = target\n",
        "\f\n\n  # c\nx = target\n",
        "\\\n\\\nx = target\n",
        "x = 1\ry = f(\r  target,\r  b)\r",
        "x = target\n #b\n ",
        "x = target;\r\n # c\r\n #",
        "if a:\n  x = target\n  # c\n # d\n#e",
        "é = '😀'; x = target",
        "x = (  # target\n  target)",
        "def f():\n\tx = target\n",
        "x = '''\r\n\r'''; y = target",
        "x = a + \\\n  target\n #b\n ",
        "x = a \\\r\n  + target\n #b\n ",
    ],
)
def test_offsets_are_right_even_where_libcst_loses_text(text: str) -> None:
    file = source(text)
    nodes = [node for node in file.walk() if isinstance(node, cst.Name) and node.value == "target"]
    assert nodes
    assert all(file.code(node) == "target" for node in nodes)


@given(st.text(alphabet="\n\r\f a#\\'\"+", max_size=40))
def test_names_stand_where_positions_say_or_nothing_is_said(text: str) -> None:
    """Every name in a text of blanks, comments, strings and odd line ends is found in its place."""
    try:
        file = source(text)
        for node in file.walk():
            if isinstance(node, cst.Name):
                assert file.code(node) == node.value
        assert all(file.text[start] == "#" for start, _ in file.comments)
    except UnreadableFile:
        pass


@given(st.text(alphabet="\n\rab😀", max_size=30))
def test_offset_and_position_are_inverse(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        position = lines.position(offset)
        if text[offset - 1 : offset + 1] != "\r\n":
            assert lines.offset(position) == offset
            assert lines[position.line].startswith(text[lines.start(position.line) : offset])


def test_places_outside_the_file_are_refused() -> None:
    file = source("ab\ncd")
    assert file.offset(Position(2, 3)) == 5
    for bad in (Position(0, 1), Position(3, 1), Position(1, 4), Position(1, 0), Position(2, 4)):
        with pytest.raises(ValueError, match="there is no"):
            file.offset(bad)


# names


def test_names_are_resolved_by_imports() -> None:
    file = source(
        "import torch.nn as nn\nimport torch.nn.functional\n"
        "from . import losses as l\nfrom ..x import y\nfrom a import *\n"
        "def f(p, *q):\n    import numpy as np\n    r = [s for s in np.x]\n    with o() as t, u as (v, w): pass\nl.z\n"
    )
    known = names(file)
    assert {i.local: i.target for i in known.imports} == {
        "nn": "torch.nn",
        "torch": "torch",
        "l": ".losses",
        "y": "..x.y",
        "*": "a",
        "np": "numpy",
    }
    assert known.bound == set("fpqrstvw")
    assert [i.local for i in known.imports if not i.always] == ["np"]
    assert resolve(file, find(file, "l.z")) == ".losses.z"
    assert resolve(file, find(file, "np.x")) == "numpy.x"
    assert resolve(file, find(file, "o()")) is None
    assert dotted(find(file, "l.z")) == "l.z"
    assert not known.free("np")
    assert known.free("F")
