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


def test_warnings_are_said_and_all_else_is_not(capsys: pytest.CaptureFixture[str], logger: logging.Logger) -> None:
    show_log(verbose=False)
    logger.warning("%s is odd", "a")
    logger.info("quiet")
    assert capsys.readouterr().err == "aligner: a is odd\n"
