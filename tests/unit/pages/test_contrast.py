"""Every colour of text against every ground it stands on: WCAG 2.1 AA (4.5 : 1), light and dark."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = (resources.files("aligner.pages") / "styles" / "base.css").read_text("utf-8")
COLOURS = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", CSS)}
FONTS = {"edge", "mono", "row", "sans", "serif"}
PAIRS = [
    *((text, ground) for text in ("ink", "soft", "accent", "warn") for ground in ("paper", "raised", "mark")),
    *((text, ground) for text in ("inserted", "deleted") for ground in ("raised", "paper", "mark")),
    ("ink", "sunk"),
    ("inserted", "inserted-ground"),
    ("deleted", "deleted-ground"),
    ("warn", "warn-ground"),
    ("paper", "accent"),
    ("paper", "ink"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=" on ".join)
def test_text_stands_out(text: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_borders_of_controls_stand_out(theme: int) -> None:
    assert contrast(COLOURS["strong-rule"][theme], COLOURS["paper"][theme]) >= 3.0
    assert contrast(COLOURS["strong-rule"][theme], COLOURS["raised"][theme]) >= 3.0
    assert contrast(COLOURS["accent"][theme], COLOURS["mark"][theme]) >= 3.0


def test_every_colour_of_the_style_sheets_is_one_of_the_palette() -> None:
    styles = resources.files("aligner.pages") / "styles"
    for name in ("page.css", "editor.css", "index.css"):
        text = (styles / name).read_text("utf-8")
        assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= set(COLOURS) | FONTS
        assert not re.findall(r"(?<!light-dark\()#[0-9a-f]{3,6}\b(?!, #)", re.sub(r"light-dark\([^)]*\)", "", text))
