"""Lines taken apart into cells and sentences, and put together again."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Languages
from aligner.text import segment
from aligner.text.srx import parse_srx
from aligner.translation import LineReader, LineTranslator, Rendering, open_engine, translate_chunks
from aligner.translation.interface import Progress
from aligner.translation.streams.cells import _MAY_BREAK

MAIRE = "Le maire est arrivé. Il a pris la parole. Le public a applaudi. La séance a été levée. Tous sont partis."


class Echo:
    """Says what it is given, without the white space around it, and remembers it."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        assert progress is None
        self.calls.append(list(texts))
        return [Rendering(text.strip(), 0.5, ("copied",)) for text in texts]


class Flagged:
    """Flags sentences by their words."""

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        assert progress is None
        flags = {"Un.": ("numbers",), "Deux.": ("split", "numbers"), "Trois.": ("doubtful",)}
        return [Rendering("" if text == "Rien." else text, 0.5, flags.get(text, ()), 0.7) for text in texts]


def echoed(*lines: str, language: str = "fr") -> tuple[list[str], list[list[str]]]:
    echo = Echo()
    return [line.text for line in LineTranslator(echo, language).translate(lines)], echo.calls


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("Bonjour. Page deux. Suite. Encore. Fin.", ["Bonjour.", "Page deux.", "Suite.", "Encore.", "Fin."]),
        ("Il coûte 3.5 €, dit M. Wang.", ["Il coûte 3.5 €, dit M. Wang."]),
        ("« Oui ! » dit-il. Puis il partit…", ["« Oui ! » dit-il.", "Puis il partit…"]),
        ("un\tdeux\t\ttrois", ["un", "deux", "trois"]),
        ("12\tUn. Deux.\tTrois", ["12", "Un.", "Deux.", "Trois"]),
        ("", []),
        ("\t", []),
        ("  \t\xa0", []),
    ],
)
def test_what_is_translated(line: str, sentences: list[str]) -> None:
    out, calls = echoed(line)
    assert calls == ([sentences] if sentences else [])
    assert out == [line]


@pytest.mark.parametrize("line", ["    retrait", "fin  ", "\tun\t", "\xa0\u3000oui\u202f", " a\t b \tc  ", "   "])
def test_margins_and_tabs_stay(line: str) -> None:
    assert echoed(line)[0] == [line]


def test_sentences_are_joined_by_one_space() -> None:
    assert echoed("Un.   Deux.\u00a0 Trois.")[0] == ["Un. Deux. Trois."]


def test_what_ends_lines_elsewhere_is_no_margin() -> None:
    out, _ = echoed("Un.\r", "\x0cUn.", "Un.\u2028Deux.\x85", "\ufeff Un.")
    assert out == ["Un.", "Un.", "Un. Deux.", " Un."]


def test_all_sentences_of_a_portion_go_together() -> None:
    _, calls = echoed("Un. Deux.", "", "Trois.\tQuatre.")
    assert calls == [["Un.", "Deux.", "Trois.", "Quatre."]]


def test_flags_of_sentences_are_the_lines() -> None:
    one, two, none = LineTranslator(Flagged(), "fr").translate([" Un.", "Trois. Un. Rien. Deux.", ""])
    assert one == Rendering(" Un.", 0.5, ("numbers",), 0.7)
    assert two == Rendering("Trois. Un. Deux.", None, ("split", "doubtful", "numbers"))
    assert none == Rendering("", None)


SEMICOLONS = """<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/><body>
<languagerules><languagerule languagerulename="Own">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="Own"/></maprules></body></srx>"""


def test_rules_of_ones_own() -> None:
    echo = Echo()
    own = LineTranslator(echo, "fr", rules=parse_srx(SEMICOLONS.encode(), name="own.srx", where="own.srx"))
    own.translate(["un; deux", "Trois. Quatre."])
    assert echo.calls == [["un;", "deux", "Trois. Quatre."]]
    assert "own.srx" in own.signature
    assert "segmentation.srx" in LineTranslator(echo, "fr").signature


PIECES = st.sampled_from(
    [*".?!…;:,)(]»«\"'”’-–", " ", "\xa0", "\u202f", "  ", "oui", "Oui", "maintenant", "Fin", "ONU", "3", "12", "M.",
     "av. J.-C.", "p.", "Com", "。", "」", "。」", "؟", "।", "\r", "\x0b", "\u2028", "à", "É",
     "[2]", "(1)", "²", "*", "_", "—", "--"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["fr", "en", "de", "ja"]))
def test_the_rules_are_asked_wherever_they_would_cut(text: str, language: str) -> None:
    if not _MAY_BREAK.search(text.strip()):
        assert len(segment(text.strip(), language, boilerplate=False)) <= 1


@given(st.lists(st.text(alphabet="a.!? \t\xa0\r\x0b\x85\u2028\ufeffÉ", max_size=12), max_size=8))
def test_one_line_for_one_line_whatever_is_in_it(lines: list[str]) -> None:
    out, _ = echoed(*lines)
    assert len(out) == len(lines)
    assert [line.count("\t") for line in out] == [line.count("\t") for line in lines]
    assert not re.search("[\n\r\v\f\x85\u2028\u2029]", "".join(out))


def test_lines_of_one_sentence_load_no_rules() -> None:
    code = (
        "import sys; from aligner.translation import LineTranslator, Rendering\n"
        "class Echo:\n"
        "    def translate(self, texts, *, progress=None): return [Rendering(text, 1.0) for text in texts]\n"
        "LineTranslator(Echo(), 'fr').translate(['Il coûte 3,5 € et 2.5 $.', 'Bonjour !', 'un\\tdeux'])\n"
        "print([name for name in sys.modules if name == 'lxml' or name.startswith('aligner.text')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_no_sentence_is_lost_with_the_embedded_model() -> None:
    engine = open_engine(Languages("fr", "en"))
    lines = ["Bonjour. Page deux. Suite. Encore. Fin.", MAIRE, "Le Conseil\t12\tLa Commission."]
    one, two, three = (each.text for each in LineTranslator(engine, "fr").translate(lines))
    assert one.count(".") >= 5
    assert len(segment(two, "en", boilerplate=False)) == 5
    assert [bool(cell) for cell in three.split("\t")] == [True, True, True]
    assert three.split("\t")[1] == "12"


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_portions_leave_no_trace(at_once: int) -> None:
    data = f"{MAIRE}\n  Un.\tDeux. Trois.\n\nFin.\n".encode()
    out = b"".join(translate_chunks(LineReader(io.BytesIO(data)), LineTranslator(Echo(), "fr"), at_once=at_once))
    assert out == data
