"""Repairs of files that are odd in some way, from end to end: every byte outside of the edits stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Report
from lossl.fix import Repair, fix_until_stable
from lossl.source import positions

HEAD = "import torch\nimport torch.nn.functional as F\nx, y = torch.rand(4, 3), torch.ones(4, 3)\n"
CALL = "loss = F.binary_cross_entropy_with_logits(torch.sigmoid(x), y)\n"
FIXED = "loss = F.binary_cross_entropy_with_logits(x, y)\n"


def repaired(folder: Path, *paths: str, unsafe: bool = True) -> Repair:
    def run(changed: dict[str, bytes]) -> Report:
        return check([str(folder / path) for path in paths or ("",)], Config(root=str(folder)), changed)

    return fix_until_stable(run, unsafe=unsafe)


def after(folder: Path, data: bytes) -> bytes:
    """What becomes of a file with this content; nothing is left to be fixed."""
    path = folder / "train.py"
    path.write_bytes(data)
    repair = repaired(folder)
    assert not repair.failures
    assert not repair.report.diagnostics
    return path.read_bytes()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ((HEAD + CALL).encode(), (HEAD + FIXED).encode()),
        ((HEAD + CALL).rstrip().encode(), (HEAD + FIXED).rstrip().encode()),
        ((HEAD + CALL).replace("\n", "\r\n").encode(), (HEAD + FIXED).replace("\n", "\r\n").encode()),
        ((HEAD + CALL).replace("\n", "\r").encode(), (HEAD + FIXED).replace("\n", "\r").encode()),
        (b"\xef\xbb\xbf" + (HEAD + CALL).encode(), b"\xef\xbb\xbf" + (HEAD + FIXED).encode()),
        (HEAD.encode() + b"\x0c\n" + CALL.encode(), HEAD.encode() + b"\x0c\n" + FIXED.encode()),
        (HEAD.encode() + b"\x0c" + CALL.encode(), HEAD.encode() + b"\x0c" + FIXED.encode()),
        (
            b"# coding: latin-1\nname = '\xe9\xff'\n" + (HEAD + CALL).encode(),
            b"# coding: latin-1\nname = '\xe9\xff'\n" + (HEAD + FIXED).encode(),
        ),
        (
            b"# -*- coding: cp1252 -*-\n" + HEAD.encode() + b"s = '\x80'; " + CALL.encode(),
            b"# -*- coding: cp1252 -*-\n" + HEAD.encode() + b"s = '\x80'; " + FIXED.encode(),
        ),
        (
            (HEAD + "def f(x):\n\tif 1:\n\t\treturn 1, \\\n\t\t  " + CALL[7:]).encode() + b"\tx = 1  \n\n\n",
            (HEAD + "def f(x):\n\tif 1:\n\t\treturn 1, \\\n\t\t  " + FIXED[7:]).encode() + b"\tx = 1  \n\n\n",
        ),
        (
            (HEAD + "s = '\N{PILE OF POO} \u2028\x85'; " + CALL).encode(),
            (HEAD + "s = '\N{PILE OF POO} \u2028\x85'; " + FIXED).encode(),
        ),
        (
            HEAD.encode() + b"a = 1 \t \r\n\r\n" + CALL.encode() + b"\r\n   \n",
            HEAD.encode() + b"a = 1 \t \r\n\r\n" + FIXED.encode() + b"\r\n   \n",
        ),
    ],
    ids=["plain", "open", "crlf", "cr", "bom", "feed", "feed-first", "latin", "cp1252", "tabs", "wide", "mixed"],
)
def test_bytes(tmp_path: Path, before: bytes, expected: bytes) -> None:
    assert after(tmp_path, before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("torch.sigmoid((x))", "(x)"),
        ("(torch.sigmoid(x))", "(x)"),
        ("(\n    torch.sigmoid(\n        x\n    )\n)", "(\n    x\n)"),
        ("torch.sigmoid(x if y is None else x)", "x if y is None else x"),
        ("torch.sigmoid(x + 1).view(-1, 3)", "(x + 1).view(-1, 3)"),
        ("(p := torch.sigmoid(x))", "(p := x)"),
        ("torch.sigmoid(p := x)", "(p := x)"),
        ("torch \\\n    .sigmoid(x)", "x"),
        ("torch.sigmoid(input=x)", "x"),
        ("torch.sigmoid(x,)", "x"),
        ("x.sigmoid()", "x"),
        ("x \\\n  .sigmoid()", "x"),
        ("torch.sigmoid(*[x])", None),
        ("torch.sigmoid(**{'input': x})", None),
    ],
)
def test_expressions(tmp_path: Path, before: str, expected: str | None) -> None:
    """A form that cannot be taken away gets the other fix, or none."""
    text = HEAD + f"loss = F.binary_cross_entropy_with_logits({before}, y)\n"
    fixed = after(tmp_path, text.encode()).decode()
    if expected is None:
        assert fixed == text.replace("_with_logits", "")
    else:
        assert fixed in (text.replace(before, expected), text.replace(f"({before}", f"({expected}"))


def test_decorators_strings_and_comments_stay(tmp_path: Path) -> None:
    text = HEAD + (
        "import functools\n\n\n"
        "@functools.lru_cache  # torch.sigmoid(x)\n"
        "@torch.no_grad()\n"
        "def loss_of(x, *, scale=1):  # one\n"
        '    """torch.sigmoid(x)"""\n'
        "    # two\n"
        "    p = torch.sigmoid(x)  # three\n"
        "    print(f'{scale:>{4}} {x!r:}' rf'{{torch.sigmoid(x)}}')\n"
        "    return F.binary_cross_entropy_with_logits(  # four\n"
        "        p, y,  # five\n"
        "    )\n"
    )
    assert after(tmp_path, text.encode()).decode() == text.replace("p = torch.sigmoid(x)", "p = x")


@pytest.mark.parametrize(("quote", "other"), [('"', "'"), ("'", '"'), ('"""', '"')])
def test_strings_in_an_f_string_have_other_quotes(tmp_path: Path, quote: str, other: str) -> None:
    """Before Python 3.12 an f-string ends at its first quote."""
    text = HEAD + f"q = torch.log_softmax(x, 1)\nprint(f{quote}{{F.kl_div(q, torch.log_softmax(y, 1))}}{quote})\n"
    (tmp_path / "train.py").write_text(text)
    report = check([str(tmp_path)], Config(root=str(tmp_path), select=("kl-div-mean",)))
    edits = [edit for finding in report.diagnostics for fix in finding.fixes for edit in fix.edits]
    assert [edit.text for edit in edits] == [f", reduction={other}batchmean{other}"]


def test_a_fix_that_deletes_a_comment_is_unsafe_whatever_else_it_is(tmp_path: Path) -> None:
    text = HEAD + CALL.replace("(x)", "(  # of the scores\n    x)")
    (tmp_path / "train.py").write_text(text)
    fixes = [fix for finding in repaired(tmp_path, unsafe=False).report.diagnostics for fix in finding.fixes]
    assert not fixes  # the other fix, which deletes nothing, was made
    assert (tmp_path / "train.py").read_text() == text.replace("_with_logits", "")
    (tmp_path / "train.py").write_text(text + "print(torch.rand(2) + (x > 0))\n")


MODEL = "import torch\n\n\ndef predict(x):\n    return torch.sigmoid(x)\n"
LOSS = "import torch.nn.functional as F\nfrom model import predict\n\n\n"


def test_one_activation_before_five_losses_goes_once(tmp_path: Path) -> None:
    for number in range(5):
        text = LOSS + f"def loss{number}(x, y):\n    return F.binary_cross_entropy_with_logits(predict(x), y)\n"
        (tmp_path / f"train{number}.py").write_text(text)
    (tmp_path / "model.py").write_text(MODEL)
    repair = repaired(tmp_path)
    assert not repair.failures
    assert not repair.report.diagnostics
    assert (tmp_path / "model.py").read_text() == "\n\ndef predict(x):\n    return x\n"
    assert list(repair.after) == [os.path.realpath(tmp_path / "model.py")]


def test_an_activation_that_one_loss_needs_is_taken_away_from_the_other_only(tmp_path: Path) -> None:
    text = HEAD + "p = torch.sigmoid(x)\nfirst = F.binary_cross_entropy(p, y)\n" + CALL.replace("torch.sigmoid(x)", "p")
    moved = after(tmp_path, text.encode()).decode()
    assert moved == text.replace("p = torch.sigmoid(x)", "p = x").replace("entropy(p", "entropy(torch.sigmoid(p)")


def test_nested_activations_are_repaired_from_outside_in(tmp_path: Path) -> None:
    text = HEAD + CALL.replace("torch.sigmoid(x)", "torch.sigmoid(torch.sigmoid(x))")
    assert after(tmp_path, text.encode()).decode() == HEAD + FIXED


def test_two_fixes_in_one_import_line(tmp_path: Path) -> None:
    text = (
        "import torch\nfrom torch import sigmoid, softmax\n"
        "from torch.nn.functional import binary_cross_entropy_with_logits as bce, cross_entropy\n"
        "x, y = torch.rand(4, 3), torch.ones(4, 3)\n"
        "first = bce(sigmoid(x), y); second = cross_entropy(softmax(x, 1), y)\n"
    )
    expected = text.replace("from torch import sigmoid, softmax\n", "")
    expected = expected.replace("sigmoid(x)", "x").replace("softmax(x, 1)", "x")
    assert after(tmp_path, text.encode()).decode() == expected


def test_a_file_that_two_paths_lead_to_is_repaired_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "train.py").write_text(HEAD + CALL)
    (tmp_path / "link.py").symlink_to(tmp_path / "a" / "train.py")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    repair = repaired(tmp_path, "a", "b", "link.py", "a/train.py")
    assert not repair.failures
    assert len(repair.after) == 1
    assert (tmp_path / "a" / "train.py").read_text() == HEAD + FIXED
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "b").is_symlink()


def test_a_file_reached_through_a_link_alone(tmp_path: Path) -> None:
    (tmp_path / "train.txt").write_text(HEAD + CALL)
    (tmp_path / "link.py").symlink_to(tmp_path / "train.txt")
    assert not repaired(tmp_path, "link.py").failures
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "train.txt").read_text() == HEAD + FIXED


def test_a_read_only_file_stays_and_the_others_are_repaired(tmp_path: Path) -> None:
    for name in ("locked.py", "open.py"):
        (tmp_path / name).write_text(HEAD + CALL)
    (tmp_path / "locked.py").chmod(0o444)
    repair = repaired(tmp_path)
    assert [failure.what for failure in repair.failures] == [f"{os.path.realpath(tmp_path / 'locked.py')} is read-only"]
    assert (tmp_path / "locked.py").read_text() == HEAD + CALL
    assert (tmp_path / "open.py").read_text() == HEAD + FIXED


def test_an_encoding_that_cannot_hold_the_fix_is_left_alone(tmp_path: Path) -> None:
    """Names are plain letters, so every encoding that Python reads can hold them; the file is refused as a whole."""
    (tmp_path / "train.py").write_bytes(b"# coding: no-such-encoding\n" + (HEAD + CALL).encode())
    repair = repaired(tmp_path)
    assert [finding.rule for finding in repair.report.diagnostics] == ["unreadable-file"]
    assert not repair.applied


def test_a_file_whose_positions_cannot_be_told_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with one file is said of that file."""
    spans = positions.spans

    def refuse(tree: object, text: str) -> object:
        if "strange" in text:
            raise positions.Untrusted
        return spans(tree, text)  # type: ignore[arg-type]

    monkeypatch.setattr(positions, "spans", refuse)
    (tmp_path / "odd.py").write_text("# strange\n" + HEAD + CALL, "utf-8")
    (tmp_path / "train.py").write_text(HEAD + CALL, "utf-8")
    report = check([str(tmp_path)], Config(root=str(tmp_path)))
    found = [(os.path.basename(each.location.path), each.code) for each in report.diagnostics]
    assert found == [("odd.py", "LSL900"), ("train.py", "LSL101")]
    assert not report.failures
