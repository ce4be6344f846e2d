"""The JSON Schema of the configuration accepts what lossl accepts, and refuses what it refuses."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest

import lossl
from lossl.config import Config, load
from lossl.errors import ConfigError
from lossl.schema import schema

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHIPPED = Path(lossl.__file__).parent / "lossl.schema.json"


def test_the_shipped_schema_is_up_to_date(regenerate: bool) -> None:
    text = json.dumps(schema(), indent=2) + "\n"
    if regenerate:
        SHIPPED.write_text(text, "utf-8")
    assert SHIPPED.read_text("utf-8") == text, "write it with --regenerate"


def test_it_has_every_key() -> None:
    keys = {field.name.replace("_", "-") for field in fields(Config)} - {"root", "file"}
    assert set(schema()["properties"]) == keys
    assert all(each["description"].endswith(".") for each in schema()["properties"].values())


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schema())


@pytest.mark.parametrize(
    "text",
    [
        "",
        'select = ["ALL"]\nignore = []\nforce-exclude = true\noutput-format = "json"',
        '[per-file-ignores]\n"a/*" = ["LSL1"]',
        'stubs = []\n[losses]\n"a.b" = "logits"\n"a.c" = { input = "distribution", argument = "x", position = 2 }',
        '[activations]\n"a.b" = "bounded"\n"a.c" = { output = "distribution", axis = -1, kind = "class" }',
        "zzz = 1",
        'select = "ALL"',
        "select = [1]",
        "unsafe-fixes = 1",
        'output-format = "ful"',
        'per-file-ignores = {"a" = "x"}',
        'losses."a.b" = "logit"',
        'losses."a.b" = 1',
        'losses."a.b" = { argument = "x" }',
        'losses."a.b" = { input = "logits", position = 0 }',
        'losses."a.b" = { inpt = "logits" }',
        'losses.a = "logits"',
        'activations."a.b" = "softmax"',
        'activations."a.b" = { output = "distribution", axis = "x" }',
        'activations."a.b" = { output = "distribution", kind = "x" }',
    ],
)
def test_it_judges_as_lossl_does(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lossl.toml"
    path.write_text(text, "utf-8")
    try:
        load(file=str(path))
        accepted = True
    except ConfigError:
        accepted = False
    assert jsonschema.Draft7Validator(schema()).is_valid(tomllib.loads(text)) is accepted
