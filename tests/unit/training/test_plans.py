"""Configurations, the learning rate, and what a machine can do."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from aligner.errors import InputError
from training.config import FOLDER, Config, Model, Training, load_config
from training.plan import ENOUGH, choose, parameters, reckon
from training.schedule import Cooldown, learning_rate, move_end, plan_cooldown


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_configurations_are_sound(path: Path) -> None:
    config = load_config(path.stem)
    assert config == load_config(str(path))
    assert config.data.weights.get("un_devset_part", 0) > config.data.weights.get("default", 1.0)
    assert config.batch.tokens >= 2 * config.data.max_pieces
    assert config.data.vocabulary % 8 == 0


def test_the_gpu_model_fits_its_package() -> None:
    config = load_config("gpu")
    assert 25e6 < parameters(config.model, config.data.vocabulary) < 42e6  # int8: as many bytes


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[model]\nwidth = 'x", "this is not TOML"),
        ("[modle]\nwidth = 8", "there is no section [modle]"),
        ("model = 3", "there is no section [model]"),
        ("[model]\nwidht = 8", "[model] has no key 'widht'"),
        ("[model]\nwidth = 30\nheads = 4", "the width must be an even multiple"),
        ("[train]\nshape = 'wavy'", "there is no schedule 'wavy'"),
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
    options = Training(rate=2.0, warmup=10)
    rates = [learning_rate(step, options, Cooldown(50, 90)) for step in range(1, 100)]
    assert rates[:10] == sorted(rates[:10])
    assert set(rates[9:50]) == {2.0}
    assert rates[50:90] == sorted(rates[50:90], reverse=True)
    assert set(rates[89:]) == {0.0}


def test_inverse_square_root() -> None:
    options = Training(rate=1.0, warmup=100, shape="inverse-sqrt")
    assert learning_rate(100, options, None) == 1.0
    assert learning_rate(400, options, None) == pytest.approx(0.5)


def test_the_cooldown_is_planned_by_the_clock() -> None:
    options = Training(minutes=10, cooldown=0.25)
    assert plan_cooldown(1000, 449.0, options, 2.0) is None
    assert plan_cooldown(1000, 450.0, options, 2.0) == Cooldown(1000, 1300)
    assert plan_cooldown(1000, 700.0, options, 2.0) == Cooldown(1000, 1001)  # the budget is used up


def test_the_cooldown_by_updates() -> None:
    options = Training(steps=200, cooldown=0.25)
    assert plan_cooldown(149, 1e9, options, 1.0) is None
    assert plan_cooldown(150, 0.0, options, 1.0) == plan_cooldown(170, 5.0, options, 9.0) == Cooldown(150, 200)


def test_the_end_moves_with_the_speed() -> None:
    options = Training(minutes=10)
    assert move_end(Cooldown(100, 300), 200, 500.0, options, 2.0) == Cooldown(100, 400)
    assert move_end(Cooldown(100, 300), 200, 600.0, options, 2.0) == Cooldown(100, 200)
    assert move_end(Cooldown(100, 300), 200, 700.0, options, 2.0) == Cooldown(100, 200)
    assert move_end(Cooldown(100, 300), 200, 700.0, Training(steps=300), 2.0) == Cooldown(100, 300)


def test_prospects_scale_with_size() -> None:
    config = Config("x", model=Model())
    prospects = reckon(config, measured=1_000_000, minutes=20)
    same = next(each for each in prospects if each.size == config.model)
    assert same.pieces_per_second == pytest.approx(1_000_000)
    assert same.pieces == pytest.approx(1.2e9)
    for smaller, larger in itertools.pairwise(prospects):
        assert smaller.parameters < larger.parameters
        assert smaller.pieces_per_second > larger.pieces_per_second


def test_the_choice_is_the_largest_that_learns_enough() -> None:
    config = Config("x", model=Model())
    prospects = reckon(config, measured=1_000_000, minutes=20)
    best = choose(prospects)
    assert best.per_parameter >= ENOUGH
    assert all(each.per_parameter < ENOUGH for each in prospects if each.parameters > best.parameters)
    slow = reckon(config, measured=1000, minutes=1)
    assert choose(slow) == slow[0]
