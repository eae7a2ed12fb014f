"""What people see of the library's log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from aligner.cli.console import show_log


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """The library's logger, as it was before when the test is over."""
    logger = logging.getLogger("aligner")
    handlers, level = logger.handlers, logger.level
    yield logger
    logger.handlers = handlers
    logger.setLevel(level)


def test_a_warning_is_not_said_twice_in_a_row(capsys: pytest.CaptureFixture[str], logger: logging.Logger) -> None:
    show_log(verbose=False)
    for message in ("a", "a", "b", "a"):
        logger.warning("%s is odd", message)
    logger.info("quiet")
    assert capsys.readouterr().err == "aligner: a is odd\naligner: b is odd\naligner: a is odd\n"
