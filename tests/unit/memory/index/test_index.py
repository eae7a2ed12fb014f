"""The index: exact and fuzzy search, and what its file promises."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from aligner.errors import InputError
from aligner.memory.index.build import build
from aligner.memory.index.fold import (
    EXACT,
    key_tokens,
    score,
    search_key,
)
from aligner.memory.index.search import MemoryIndex
from aligner.memory.index.units import MemoryUnit

SOURCES = [
    "La sécurité mondiale est indivisible.",
    "La sécurité mondiale est en danger.",
    "La sécurité mondiale est indivisible et durable.",
    "Le développement durable est notre but commun.",
    "L’accord est signé.",
    "Oui.",
    "",
    "!!!",
]


def index_of(folder: Path, sources: Sequence[str]) -> MemoryIndex:
    path = folder / "memory.index"
    build(path, [MemoryUnit(source, f"target {n}", str(n)) for n, source in enumerate(sources)], {})
    return MemoryIndex(path)


def brute_force(sources: Sequence[str], text: str, minimum: int) -> list[tuple[int, str]]:
    """Every source text compared with `text`: score and key, in the order that the index promises."""
    wanted, found = search_key(text), {}
    for source in sources:
        plain = search_key(source)
        points = EXACT if plain == wanted else score(key_tokens(plain), key_tokens(wanted))
        if points >= minimum and key_tokens(plain) and key_tokens(wanted):
            found[plain] = points
    by_entry = {plain: (len(key_tokens(plain)), n) for n, plain in reversed(list(enumerate(map(search_key, sources))))}
    order = sorted(found, key=lambda plain: (-found[plain], Indel.normalized_distance(wanted, plain), by_entry[plain]))
    return [(found[plain], plain) for plain in order]


def test_the_same_text_is_found_whatever_its_spaces_and_apostrophes(tmp_path: Path) -> None:
    index = index_of(tmp_path, SOURCES)
    assert [unit.id for unit in index.exact("L'accord  est signé .")] == []
    assert [unit.id for unit in index.exact("L'accord\u00a0 est\tsigné.")] == ["4"]
    assert [unit.id for unit in index.exact("l’accord est signé.")] == []
    assert index.exact("Non.") == []


def test_a_fuzzy_search_gives_scores_best_first(tmp_path: Path) -> None:
    index = index_of(tmp_path, SOURCES)
    found = index.fuzzy("La sécurité mondiale est indivisible.")
    assert [(points, index.units(entry)[0].id) for points, entry in found] == [(100, "0"), (75, "2")]
    assert [points for points, _ in index.fuzzy("LA SÉCURITÉ MONDIALE EST INDIVISIBLE.")] == [99, 75]
    assert index.fuzzy("Rien de tel ici, vraiment pas du tout.") == []
    assert index.fuzzy("") == []
    assert index.fuzzy("mot " * 5000) == []


def test_units_with_one_source_share_an_entry_and_keep_their_order(tmp_path: Path) -> None:
    index = index_of(tmp_path, ["Oui.", "Non.", "Oui .", "Oui."])
    assert len(index) == 4
    assert index.sources == 3
    assert [unit.id for unit in index.exact("Oui.")] == ["0", "3"]


def test_an_empty_memory_finds_nothing(tmp_path: Path) -> None:
    index = index_of(tmp_path, [])
    assert (len(index), index.exact("Oui."), index.fuzzy("Oui.")) == (0, [], [])


@given(
    sources=st.lists(st.lists(st.sampled_from("abcdef,"), max_size=9).map(" ".join), max_size=25),
    text=st.lists(st.sampled_from("abcdefgA,"), max_size=9).map(" ".join),
    minimum=st.integers(1, 99),
    limit=st.integers(1, 6),
)
def test_the_fuzzy_search_equals_brute_force(
    tmp_path_factory: pytest.TempPathFactory, sources: list[str], text: str, minimum: int, limit: int
) -> None:
    index = index_of(tmp_path_factory.mktemp("memory"), sources)
    found = [
        (points, search_key(index.units(entry)[0].source))
        for points, entry in index.fuzzy(text, minimum=minimum, limit=limit)
    ]
    assert found == brute_force(sources, text, minimum)[:limit]


@given(st.lists(st.text(max_size=30), max_size=12), st.text(max_size=30))
def test_any_text_can_be_kept_and_looked_for(
    tmp_path_factory: pytest.TempPathFactory, sources: list[str], text: str
) -> None:
    index = index_of(tmp_path_factory.mktemp("memory"), sources)
    assert [unit.source for unit in map(index.unit, range(len(index)))] == sources
    assert [unit.source for unit in index.exact(text)] == [
        source for source in sources if search_key(source) == search_key(text)
    ]
    index.fuzzy(text, minimum=1)


def test_the_file_does_not_depend_on_hash_seeds(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from aligner.memory.index.build import build; "
        "from aligner.memory.index.units import MemoryUnit; "
        f"build(Path(sys.argv[1]), [MemoryUnit(s, 't', str(n)) for n, s in enumerate({SOURCES!r})], {{'a': 1}})"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)], check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("keep", [0, 5, 16, 40, 300, -1])
def test_a_damaged_file_is_refused(tmp_path: Path, keep: int) -> None:
    index_of(tmp_path, SOURCES)
    path = tmp_path / "memory.index"
    data = path.read_bytes()
    path.write_bytes(data[:keep])
    with pytest.raises(InputError, match="index of a memory"):
        MemoryIndex(path)


def test_a_single_damaged_byte_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    queries = [*SOURCES, "La paix mondiale est indivisible."]

    def answers(index: MemoryIndex) -> list[object]:
        return [(index.exact(q), [(s, index.units(e)) for s, e in index.fuzzy(q, minimum=40)]) for q in queries]

    whole = answers(index_of(tmp_path, SOURCES))
    data = (tmp_path / "memory.index").read_bytes()
    path = tmp_path / "damaged.index"
    refused = 0
    for place in range(0, len(data), 3):
        path.unlink(missing_ok=True)  # the one before is still open
        path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        try:
            assert answers(MemoryIndex(path)) == whole, place
        except InputError:
            refused += 1
    assert refused > len(data) // 4


def test_an_index_of_another_layout_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.memory.index.build.LAYOUT", 0)
    build(tmp_path / "old.index", [], {})
    with pytest.raises(InputError, match="another version"):
        MemoryIndex(tmp_path / "old.index")


def test_a_reader_keeps_its_file_while_another_takes_its_place(tmp_path: Path) -> None:
    index = index_of(tmp_path, SOURCES)
    index_of(tmp_path, ["Tout autre chose."])
    assert [unit.id for unit in index.exact("Oui.")] == ["5"]


def test_a_build_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stopped() -> Iterator[MemoryUnit]:
        yield MemoryUnit("Oui.", "Yes.")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "memory.index", stopped(), {})
    assert list(tmp_path.iterdir()) == []
