"""What all tests share: a reproducible Hypothesis profile and the optional development data beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "aligner", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None,
    # to explain a failure by all the ways around it takes ten gigabytes where an example is a whole bitext
    phases=(Phase.explicit, Phase.generate, Phase.target, Phase.shrink),
)  # fmt: skip
settings.load_profile("aligner")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def schemas(root: Path) -> Path:
    """The schemas of the formats; their README names origin and licence."""
    return root / "tests/schemas"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the project; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not (folder / "design.md").is_file():
        pytest.skip("the development data (../shared) is not beside the project")
    return folder
