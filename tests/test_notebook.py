"""Notebooks as sources: cells and their places, magics, broken cells, edits that change nothing else in the JSON."""

from __future__ import annotations

import json
from typing import Any

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossl.diagnostic import Location, Position, Range
from lossl.errors import EditError
from lossl.source.cells import changes
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.magics import masked
from lossl.source.notebook import Notebook, source_file

PATH = "/project/train.ipynb"
PYTHON = {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}}


def document(*cells: Any, metadata: Any = PYTHON) -> dict[str, Any]:
    """A notebook of code cells, given by their source, and of other cells, given whole."""
    whole = [
        cell if isinstance(cell, dict) else {"cell_type": "code", "metadata": {}, "outputs": [], "source": cell}
        for cell in cells
    ]
    return {"cells": whole, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def notebook(*cells: Any, metadata: Any = PYTHON, **style: Any) -> Notebook:
    return Notebook(PATH, json.dumps(document(*cells, metadata=metadata), **{"indent": 1, **style}).encode())


def at(cell: int | None, start: tuple[int, int], end: tuple[int, int]) -> Location:
    return Location(PATH, cell, Range(Position(*start), Position(*end)))


MARKDOWN = {"cell_type": "markdown", "metadata": {}, "source": ["x = 1"]}


# cells as one module


def test_the_suffix_decides() -> None:
    assert isinstance(source_file(PATH, b"{}"), Notebook)
    assert type(source_file("/project/train.py", b"{}")) is SourceFile


def test_code_cells_are_one_module() -> None:
    file = notebook(MARKDOWN, ["x = 1\n", "y = 2"], MARKDOWN, "z = 3\n", [])
    assert file.cells == (1, 3, 4)
    assert file.text == "x = 1\ny = 2\nz = 3\n\n\n"
    assert [file.part(cell) for cell in file.cells] == ["x = 1\ny = 2", "z = 3\n", ""]
    assert len(file.tree.body) == 3


def test_places_are_places_in_cells() -> None:
    file = notebook(MARKDOWN, "x = 1\n", ["y = 2\n", "ж = (x +\n", "     y)"])
    last = file.tree.body[2]
    assert isinstance(last, cst.SimpleStatementLine)
    assert isinstance(last.body[0], cst.Assign)
    assert file.location(last.body[0]) == at(2, (2, 1), (3, 8))
    assert file.location(last.body[0].value) == at(2, (2, 6), (3, 7))
    assert file.code(last.body[0].targets[0].target) == "ж"
    for node in file.walk():
        if not isinstance(node, cst.Module):
            assert file.offsets(file.location(node)) == file.span(node)


def test_a_place_ends_in_its_cell() -> None:
    file = notebook("ab", "cd")
    assert file.location_of(0, 3) == at(0, (1, 1), (1, 3))
    assert file.location_of(3, 3) == at(1, (1, 1), (1, 1))
    with pytest.raises(ValueError, match="no code cell 2"):
        file.offsets(at(2, (1, 1), (1, 1)))
    with pytest.raises(ValueError, match="no code cell None"):
        file.part(None)


@pytest.mark.parametrize(
    "metadata",
    [
        {"language_info": {"name": "R"}},
        {"kernelspec": {"name": "ir", "language": "julia"}},
        {"kernelspec": {"language": "sos"}, "language_info": {"name": "python"}},
    ],
)
def test_other_languages_are_left_alone(metadata: Any) -> None:
    file = notebook("x <- 1", metadata=metadata)
    assert (file.cells, file.text, file.broken) == ((), "", ())


@pytest.mark.parametrize("metadata", [{}, None, {"kernelspec": 1}, {"language_info": {"name": "ipython3"}}])
def test_what_says_nothing_is_python(metadata: Any) -> None:
    assert notebook("x = 1", metadata=metadata).cells == (0,)


def test_a_cell_may_have_a_language_of_its_own() -> None:
    cell = {"cell_type": "code", "metadata": {"vscode": {"languageId": "sql"}}, "source": "SELECT 1"}
    assert notebook(cell, "x = 1").cells == (1,)


def test_worksheets_of_format_3_are_one_row_of_cells() -> None:
    code = {"cell_type": "code", "language": "python", "input": ["x = 1"], "outputs": []}
    heading = {"cell_type": "heading", "source": "Data"}
    sheets = [{"cells": [heading, code]}, {"metadata": {}}, {"cells": [code, {**code, "language": "ruby"}]}]
    file = Notebook(PATH, json.dumps({"nbformat": 3, "metadata": {"name": ""}, "worksheets": sheets}).encode())
    assert file.cells == (1, 2)
    assert file.text == "x = 1\nx = 1\n"


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "not a notebook: invalid JSON: Expecting value", 1),
        (b'{"cells": [\n<<<<<<< HEAD\n', "not a notebook: invalid JSON: Expecting value", 2),
        (b"[]", "not a notebook: it is no JSON object", 1),
        (b'{"metadata": {}}', "not a notebook: it has no cells", 1),
        (b'{"cells": [\n1]}', "not a notebook: cell 1 is no JSON object", 2),
        (b'{"cells": [{"cell_type": "code",\n"source": [1]}]}', "not a notebook: the source of cell 1 is no text", 2),
        (b'{"cells": ' + b"[" * 99999, "not a notebook: nested too deeply", 1),
        (b'{"cells": [], "a": ' + b"1" * 9999 + b"}", "not a notebook: invalid JSON: Exceeds the limit", 1),
        (b'{"cells": "\xff"}', "cannot be decoded as utf-8: invalid start byte", 1),
    ],
)
def test_what_is_no_notebook(data: bytes, message: str, line: int) -> None:
    file = Notebook(PATH, data)
    with pytest.raises(UnreadableFile, match=message) as caught:
        _ = file.tree
    assert caught.value.location.range.start.line == line
    assert caught.value.location.cell is None
    with pytest.raises(UnreadableFile):
        _ = file.broken


# what only IPython reads


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\nx", "pass              \nx"),
        ("!ls", "0  "),
        ("?", "0"),
        ("??x.y\nx?", "pass \n0 "),
        ("model.fit?  # what?", "pass               "),
        ("x = 1  # what?", "x = 1  # what?"),
        ("'what?'", "'what?'"),
        ("if x:\n    !cp a \\\n      b\n    y", "if x:\n    pass   \n       \n    y"),
        ("files = !ls -l", "files = __    "),
        ("t = %timeit -o f()\ny", "t = __            \ny"),
        ("x == y != z", "x == y != z"),
        ("print('%d'\n      % 3)", "print('%d'\n      % 3)"),
        ("x = 5 \\\n  % 3", "x = 5 \\\n  % 3"),
        ("x = '''\n%d\n!ls\n'''\n!a b", "x = '''\n%d\n!ls\n'''\npass"),
        ('x = """\n%d\n', 'x = """\n%d\n'),
        ("f'{x!r:>{y}}'\n%cd a", "f'{x!r:>{y}}'\npass "),
        ("%time x = f(\n  1)", "0;    x = f(\n  1)"),
        ("%time !ls\n%time -n x", "pass     \npass      "),
        ("%%time\nx\n!ls -l", "pass  \nx\npass  "),
        ("\n# slow\n%%capture out\nx", "\n# slow\npass         \nx"),
        ("%%bash\nls\r\n\tx", "      \n  \r\n  "),
        ("x\r\n%cd a\rx\n", "x\r\npass \rx\n"),
        (",f a b\n;f a\n/f a\nx", "pass  \npass\npass\nx"),
        ("x)\n%cd a", "x)\npass "),
        ("\t\f", "\t\f"),
        ("", ""),
    ],
)
def test_magics_become_python_of_equal_length(cell: str, python: str) -> None:
    assert masked(cell).text == python


@given(st.text("ab'\"#\\%!?=;,/(){}[] \t\r\n:"))
def test_masking_keeps_length_and_lines(cell: str) -> None:
    text = masked(cell).text
    assert len(text) == len(cell)
    assert [text[i] for i, c in enumerate(cell) if c in "\r\n"] == [c for c in cell if c in "\r\n"]


def test_the_original_stays_at_hand() -> None:
    file = notebook("!pip install torch\nx = 1")
    assert file.text == "pass              \nx = 1\n"
    assert file.part(0) == "!pip install torch\nx = 1"
    assert file.code_in(0) == "pass              \nx = 1"


# cells that cannot be read


def test_a_broken_cell_does_not_silence_the_others() -> None:
    file = notebook("x = 1", MARKDOWN, ["!ls\n", "y = (  # your code here"], "print 'x'", "z = 3")
    assert [(str(error), error.location) for error in file.broken] == [
        ("invalid syntax: '(' was never closed", at(2, (2, 5), (2, 5))),
        ("this is Python 2, which lossl does not read", at(3, (1, 1), (1, 1))),
    ]
    assert file.text == "x = 1\n" + " " * 3 + "\n" + " " * 23 + "\n" + " " * 9 + "\nz = 3\n"
    assert len(file.tree.body) == 2


def test_cells_do_not_run_on_into_each_other() -> None:
    file = notebook("x = (1 +", "2)", "for i in y:", "    i")
    assert [error.location.cell for error in file.broken] == [0, 1, 2]
    assert len(notebook('"""', '"""').broken) == 2


def test_an_indented_cell_is_read_as_ipython_reads_it() -> None:
    file = notebook("if x:\n    y", "  # first\n  a = 1\n  b = (2)", "    c")
    assert file.broken == ()
    block = file.tree.body[1]
    assert isinstance(block, cst.If)
    assert file.location(block.body.body[1]).cell == 1
    assert file.location(block.body.body[1]).range == Range(Position(3, 3), Position(3, 10))
    assert [error.location for error in notebook("x", "\n  a = 1\n  b = )").broken] == [at(1, (3, 7), (3, 7))]


def test_commands_without_a_percent_sign_are_no_mistake() -> None:
    file = notebook("pip install torch", "# go\ncd ..", "time = 3", "nonsense here")
    assert [error.location.cell for error in file.broken] == [3]
    assert len(file.tree.body) == 1


def test_what_notebooks_allow_at_the_top() -> None:
    assert notebook("await f()", "async for x in y:\n    pass", "return").broken == ()


@pytest.mark.parametrize("cell", ["x = '\ud800'", "x = '\0'", "x = " + "[" * 300 + "]" * 300, "x" + ".y" * 2000])
def test_strange_cells(cell: str) -> None:
    file = notebook("a = 1", cell, "b = 2")
    assert len(file.broken) <= 1
    assert len(file.tree.body) in (2, 3)


def test_much_code_is_refused_as_a_whole() -> None:
    file = notebook("'" + "x" * 600_000 + "'", "'" + "y" * 600_000 + "'")
    with pytest.raises(UnreadableFile, match="larger than 1 MB"):
        _ = file.tree


def test_mistakes_stand_where_they_are_in_the_text_not_on_the_disk(tmp_path: Any) -> None:
    path = tmp_path / "train.py"
    path.write_text("x\n")
    with pytest.raises(UnreadableFile) as caught:
        _ = SourceFile(str(path), b"value = # unsaved\n").tree
    assert caught.value.location.range.start == Position(1, 9)


# edits


def rewritten(file: Notebook, cell: int, text: str) -> str:
    return file.rewritten({cell: text}).data.decode()


def test_only_the_characters_concerned_change() -> None:
    raw = (
        '{ "cells" : [\n  {"source":\t[ "p = torch.sigmoid(\\u0061) # \\u00e9\\/\\n",\r\n  "q = 1.0E5"],\n'
        '   "outputs": [1E-5],'
        '   "cell_type": "code"}, {}],\n"nbformat":4,\t"metadata": {"b":1,"a":"\\u00e9"} }\n\n'
    )
    file = Notebook(PATH, b"\xef\xbb\xbf" + raw.encode())
    assert file.rewritten({}).data == file.data
    after = file.rewritten({0: "p = a # é/\nq = 1.0E6"})
    wanted = raw.replace("torch.sigmoid(\\u0061)", "\\u0061").replace("1.0E5", "1.0E6")
    assert after.data == b"\xef\xbb\xbf" + wanted.encode()


def test_lines_are_strings_of_their_own() -> None:
    file = notebook(["a\n", "b\n", "c"])
    raw = file.data.decode()
    between = '\\n",\n    "'
    assert rewritten(file, 0, "a\nc") == raw.replace(f"b{between}", "")
    assert rewritten(file, 0, "a\nx\nb\nc") == raw.replace('"a\\n', f'"a{between}x\\n')
    assert rewritten(file, 0, "a\nb\nc\nd") == raw.replace('"c"', f'"c{between}d"')
    assert rewritten(file, 0, "a\nb") == raw.replace(f"{between}c", "")
    assert rewritten(file, 0, "ab\nc") == raw.replace(f"a{between}b", "ab")
    assert json.loads(rewritten(file, 0, ""))["cells"][0]["source"] == [""]
    assert json.loads(rewritten(notebook(["a"]), 0, "a\nb"))["cells"][0]["source"] == ["a\n", "b"]
    assert rewritten(notebook("a\nb"), 0, "a\nx\nb") == notebook("a\nx\nb").data.decode()


def test_a_cell_does_not_come_to_end_with_a_line_feed() -> None:
    file = notebook(["a\n", "b"])
    assert file.rewritten({0: "a\n"}).part(0) == "a"
    assert notebook("a\nb\n").rewritten({0: "a\n"}).part(0) == "a\n"


@pytest.mark.parametrize(
    ("cells", "style", "new", "written"),
    [
        (["x = 'é'", "y"], {"ensure_ascii": False}, "ü", "ü"),
        (["x = 'é'", "y"], {"ensure_ascii": True}, "ü", "\\u00fc"),
        (["x", "y"], {}, "ü", "ü"),
        (["x", "y"], {}, '"\\\n\t', '\\"\\\\\\n\\t'),
    ],
)
def test_text_is_written_as_the_file_writes_it(cells: list[str], style: Any, new: str, written: str) -> None:
    file = notebook(*cells, **style)
    assert rewritten(file, 1, f"y{new}") == file.data.decode().replace('"y"', f'"y{written}"')


def test_other_escapes_are_kept_up() -> None:
    data = notebook("a < b", "c").data.replace(b"<", b"\\u003c")
    assert rewritten(Notebook(PATH, data), 0, "a <= b < d").count("\\u003c") == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("!ls\nx", "!ls -l\nx"),
        ("!ls\nx", "x"),
        ("%%time\nx", "import a\n%%time\nx"),
        ("%%bash\nls", "%%bash\nls -l"),
        ("%time x = f()", "%time\nx = f()"),
        ("x\ny", "x\n!y"),
    ],
)
def test_edits_of_what_only_ipython_reads_are_refused(before: str, after: str) -> None:
    with pytest.raises(EditError, match="only IPython reads"):
        notebook(before).rewritten({0: after})


def test_edits_beside_it_are_not() -> None:
    file = notebook("import a\n%cd b\n%time x = f(y)\n!ls")
    assert file.rewritten({0: "import a\nimport c\n%cd b\n%time x = y\nz\n!ls"}).part(0).endswith("z\n!ls")


def test_a_cell_without_source_cannot_change() -> None:
    with pytest.raises(EditError, match="no source"):
        notebook([]).rewritten({0: "x"})


TEXTS = st.text("ab \t\n\"\\é\u2028😀'", max_size=30)
STYLES = st.fixed_dictionaries(
    {"indent": st.sampled_from([None, 0, 1, "\t"]), "ensure_ascii": st.booleans(), "sort_keys": st.booleans()}
)


@given(TEXTS, TEXTS, TEXTS, STYLES, st.booleans())
def test_a_new_text_is_all_that_changes(old: str, new: str, other: str, style: Any, listed: bool) -> None:
    cells = [text.splitlines(keepends=True) if listed else text for text in (other, f"a{old}", other)]
    file = notebook(*cells, **style)
    after = file.rewritten({1: f"a{new}"})
    wanted = f"a{new}"
    if wanted.endswith("\n") and not file.part(1).endswith("\n"):
        wanted = wanted[:-1]
    assert after.part(1) == wanted
    found, expected = json.loads(after.data), json.loads(file.data)
    assert type(found["cells"][1]["source"]) is type(expected["cells"][1]["source"])
    found["cells"][1]["source"] = expected["cells"][1]["source"]
    assert found == expected
    assert list(found) == list(expected)


@given(TEXTS, TEXTS)
def test_changes_make_the_new_text(old: str, new: str) -> None:
    pieces, done = [], 0
    for start, end, text in changes(old, new):
        pieces += [old[done:start], text]
        done = end
    assert "".join([*pieces, old[done:]]) == new
