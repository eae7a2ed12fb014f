"""Configurations and the learning rate."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import InputError
from training.config import FOLDER, Training, load_config
from training.schedule import Cooldown, learning_rate


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_configurations_are_sound(path: Path) -> None:
    config = load_config(path.stem)
    assert config == load_config(str(path))
    assert config.data.weights.get("un_devset_part", 0) > config.data.weights.get("default", 1.0)
    assert config.batch.tokens >= 2 * config.data.max_pieces
    assert config.data.vocabulary % 8 == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[model]\nwidth = 'x", "this is not TOML"),
        ("[modle]\nwidth = 8", "there is no section [modle]"),
        ("model = 3", "there is no section [model]"),
        ("[model]\nwidht = 8", "[model] has no key 'widht'"),
        ("[model]\nwidth = 30\nheads = 4", "the width must be an even multiple"),
        ("[train]\ncooldown = 0.0", "the cooldown must be a share"),
    ],
)
def test_bad_configurations_are_explained(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_config(str(path))
    assert message in str(caught.value)


def test_unknown_configuration() -> None:
    with pytest.raises(InputError, match="no such configuration") as caught:
        load_config("enormous")
    assert "tiny" in str(caught.value)


def test_the_rate_climbs_stays_and_falls() -> None:
    options = Training(rate=2.0, warmup=10, new_first=20)
    rates = [learning_rate(step, options, Cooldown(50, 90)) for step in range(1, 100)]
    assert rates[:10] == sorted(rates[:10]) == rates[20:30]  # again when the parent's weights join in
    assert set(rates[9:20]) | set(rates[29:50]) == {2.0}
    assert rates[50:90] == sorted(rates[50:90], reverse=True)
    assert set(rates[89:]) == {0.0}
