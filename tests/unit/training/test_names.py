"""The capitalised words of parallel text."""

import lzma
from pathlib import Path

from training.names import collect


def test_words_are_counted_inside_sentences(tmp_path: Path) -> None:
    line = "un\tVoir Kiev, la Crimée et l'Ukraine.\tSee Kyiv, the Crimea and Ukraine.\n"
    (tmp_path / "a.tsv").write_text(line + line.replace("Crimée", "Corée"), encoding="utf-8")
    collect(tmp_path, tmp_path / "words.xz")
    french, english = lzma.decompress((tmp_path / "words.xz").read_bytes()).decode().split("\n\n")
    assert french.split() == ["kiev", "ukraine"]
    assert english.split() == ["crimea", "kyiv", "ukraine"]
