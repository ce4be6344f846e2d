"""Options of the test run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# How fast a machine is decides nothing: no deadline for an example, nor for making one.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regenerate` writes fixtures/*/fixed/ and fixes.tsv anew instead of comparing them; read every one by eye."""
    parser.addoption("--regenerate", action="store_true", help="write fixtures/*/fixed/ anew, then read them by eye")


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """True if expected files are to be written, not compared."""
    return bool(request.config.getoption("--regenerate"))
