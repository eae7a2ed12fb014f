"""Passages that stand elsewhere in the other text."""

from __future__ import annotations

import io

from aligner.alignment import AlignOptions, align
from aligner.formats import FORMATS
from aligner.model import Bitext, Side
from aligner.pipeline.pairing import pair_texts
from aligner.text import segment
from tests.unit.alignment.test_align import ENGLISH, FRENCH

FRENCH = [
    *FRENCH,
    "Le lendemain matin, le facteur apporta trois lettres et un télégramme.",
    "La première lettre venait de Londres, la deuxième de Genève.",
    "Personne ne comprit le télégramme, qui ne contenait que deux mots.",
    "Le soir, la pluie tomba sur les montagnes et le vent emporta les tuiles du toit.",
]
ENGLISH = [
    *ENGLISH,
    "The next morning the postman brought three letters and a telegram.",
    "The first letter came from London, the second from Geneva.",
    "Nobody understood the telegram, which contained only two words.",
    "In the evening the rain fell on the mountains and the wind carried off the tiles of the roof.",
]
SWAPPED = [*ENGLISH[8:11], *ENGLISH[:8], *ENGLISH[11:]]
MOVED = AlignOptions(moved=True)


def test_a_passage_that_stands_elsewhere_is_a_link_that_crosses() -> None:
    found = align(FRENCH, SWAPPED, options=MOVED)
    assert [(bead.source, bead.target) for bead in found.moved] == [((7,), (0,)), ((8,), (1,)), ((9,), (2,))]
    assert not any(bead.is_null for bead in found.moved)
    assert {i for bead in found if bead.is_null for i in bead.source} == {7, 8, 9}


def test_nothing_moves_where_all_is_in_order() -> None:
    assert align(FRENCH, ENGLISH, options=MOVED) == align(FRENCH, ENGLISH)
    assert align(FRENCH, SWAPPED).moved == ()


def test_pairs_name_what_stands_elsewhere_and_beads_cross() -> None:
    sides = [segment("\n".join(lines), language) for lines, language in ((FRENCH, "fr"), (SWAPPED, "en"))]
    text = "\n".join(SWAPPED)
    beads = pair_texts(sides[0], text, sides[1], [None] * len(sides[0]), options=MOVED).beads
    bitext = Bitext("moved", Side("fr", tuple(sides[0])), Side("en", tuple(sides[1])), beads)
    (first,) = [bead for bead in beads if bead.source == (7,)]
    assert (first.target, first.moved) == ((), ("1.1",))
    stream = io.BytesIO()
    FORMATS["beads"].write([bitext], stream)
    lines = stream.getvalue().decode().splitlines()
    assert any(line.startswith("[7]:[0]:") for line in lines)
    assert not any(line.startswith("[]:") for line in lines)
    # a store gives it back as it was
    store = io.BytesIO()
    FORMATS["jsonl"].write([bitext], store)
    store.seek(0)
    read = FORMATS["jsonl"].read
    assert read is not None
    assert list(read(store)) == [bitext]
    # translation units have an order, which a passage that stands elsewhere must not break
    memory = io.BytesIO()
    FORMATS["tmx"].write([bitext], memory)
    assert FRENCH[7] not in memory.getvalue().decode()
