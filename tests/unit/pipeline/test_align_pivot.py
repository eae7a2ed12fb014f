"""``align --translate`` finds its way through English where no package has the pair itself, as ``run`` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from aligner.model import Languages
from aligner.pipeline import align_files as module
from aligner.translation import Rendering


class Upper:
    """An engine that says everything in capitals."""

    def translate(self, texts: Sequence[str]) -> list[Rendering]:
        return [Rendering(text.upper(), 1.0) for text in texts]

    def close(self) -> None:
        pass


def test_the_engine_of_the_aligner_is_opened_by_the_front_door(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def open_engine(languages: Languages, *, model: Path | None = None) -> Upper:
        asked.append((languages, model))
        return Upper()

    monkeypatch.setattr(module, "open_engine", open_engine)
    side = module.Side("fr", tuple(module.line_segments("Oui.\n")))
    (rendering,) = module._renderings("source", side, "de", None, True)
    assert asked == [(Languages("fr", "de"), None)]
    assert rendering is not None
    assert rendering.text == "OUI."
