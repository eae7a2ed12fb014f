"""Hard-wrapped texts: recognised, joined, verse and lists left alone, offsets of the file kept."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text import line_layout, segment
from aligner.text.hyphens import Divided
from aligner.text.wrapping import is_wrapped, unwrap

PROSE = """\
Le facteur montait chaque jour jusqu'au hameau, où personne ne
l'attendait plus. Il posait son sac sur le banc, buvait un ver-
re d'eau à la fontaine et redescendait vers la ville par le che-
min des vignes. En 1911, on supprima la tournée du matin ; lui-
même n'en sut rien et continua de monter."""
VERSE = """\
    La pluie tombe sur les toits,
    Le feu s'endort sous la cendre ;
    On entend au fond du bois
    Le vieux cerf qui va descendre."""
OTHERS = {
    "sentences": "Il pleut.\nLe vent souffle.\nElle attend devant la porte.\nPersonne ne vient.",
    "verse": "\n".join(line.strip() for line in VERSE.splitlines()),
    "small items": "du pain\ndu beurre frais\nune douzaine d'œufs\ndu sel",
    "even items": "un kilo de pommes de terre nouvelles,\ndeux litres de lait entier bien frais,\n"
    "trois douzaines de gros œufs de ferme,\nquatre tranches de jambon de montagne,",
    "long lines": "\n".join(["mot " * 50 + "fin"] * 6),
    "a table": "\n".join(["nom de la ville\tnombre d'habitants\tannée"] * 6),
    "code": "for i in range(3):\n    print(i)\n    x = i + 1\nreturn x\nwhile True:\n    pass",
    "two lines": "Il vint à la maison de son père et\ny resta longtemps.",
    "verse without marks": "je marche dans la ville endormie\net les lampes s'éteignent une à une\n"
    "sous la pluie qui tombe sans bruit\ncomme une main sur mon épaule nue\net je pense à toi qui dors là-bas",
    "a glossary": "\n".join(f"mot {number} : sens du mot numéro {number} dans la langue" for number in range(12)),
    "an address": "Marie Blanc\n12 rue du Port\n29200 Brest\nFrance",
    "an empty text": "",
}


def test_prose_is_joined_and_words_are_closed() -> None:
    assert is_wrapped(PROSE)
    found = [s.text for s in segment(PROSE, "fr", paragraphs=line_layout(PROSE))]
    assert found == [
        "Le facteur montait chaque jour jusqu'au hameau, où personne ne l'attendait plus.",
        "Il posait son sac sur le banc, buvait un verre d'eau à la fontaine et redescendait vers la ville par le "
        "chemin des vignes.",
        "En 1911, on supprima la tournée du matin ; lui-même n'en sut rien et continua de monter.",
    ]


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_other_texts_are_not_wrapped(text: str) -> None:
    assert line_layout(text) == "line"


def test_verse_lists_headings_and_mail_stay_as_they_are() -> None:
    text = (
        f"CHAPITRE DEUX\n{PROSE}\n\n{VERSE}\n\n- du pain\n- du lait\n\nNom\tPrix\nLuc\t3\n\n"
        f"> {PROSE.splitlines()[0]}\n> l'attendait plus.\n\nMarie Blanc\n12 rue du Port\n"
    )
    lines = unwrap(text).text.splitlines()
    assert lines[0] == "CHAPITRE DEUX"
    assert lines[1].startswith("Le facteur")
    assert lines[1].endswith("de monter.")
    assert lines[3:7] == VERSE.splitlines()
    assert lines[8:13] == ["- du pain", "- du lait", "", "Nom\tPrix", "Luc\t3"]
    assert lines[14] == "> " + PROSE.splitlines()[0] + " l'attendait plus."
    assert lines[16:] == ["Marie Blanc", "12 rue du Port"]


def test_the_user_decides() -> None:
    assert line_layout(PROSE, wrapped=False) == "line"
    assert line_layout("Un\ndeux.", wrapped=True) == "wrapped"
    assert [s.text for s in segment("Un\ndeux.\n\nTrois.", "fr", paragraphs="wrapped")] == ["Un deux.", "Trois."]


def test_segments_say_where_they_are_in_the_file() -> None:
    found = segment(PROSE, "fr", paragraphs="wrapped")
    assert PROSE[found[1].start : found[1].end].startswith("Il posait")
    assert PROSE[found[1].start : found[1].end].endswith("che-\nmin des vignes.")
    assert [s.locator for s in found] == ["1.1", "1.2", "1.3"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_any_kind(end: str) -> None:
    text = end.join(PROSE.splitlines())
    assert unwrap(text).text == unwrap(PROSE).text


def test_chinese_is_joined_without_spaces() -> None:
    assert unwrap("人人生而自由,在\n尊严上平等。").text == "人人生而自由,在尊严上平等。"


WRAPPED = {
    "German": "Der Müller öffnete jeden Morgen die Tür und sah auf\n"
    "das Wasser, und dann ging er an die Arbeit. Die Stadt\n"
    "war weit, und niemand kam. Seine Frau führte die\nBücher seit dem Winter.",
    "Russian": "Каждое утро мельник открывал дверь и смотрел на\nводу, а потом принимался за работу. Город был\n"
    "далеко, и никто не приходил. Его жена вела\nсчета с прошлой зимы.",
    "Arabic": "كان الطحان يفتح الباب كل صباح وينظر إلى\nالماء ثم يبدأ العمل، وكانت المدينة بعيدة ولم\n"
    "يأت أحد. وكانت زوجته تمسك الحسابات منذ الشتاء\nالماضي ولا تقول شيئا.",
    "Chinese": "学校的门在早上八点打开,学生必须准时到达教室,并且带上书本和笔\n"
    "。老师每天检查作业,任何人不得在走廊里奔跑,图书馆的书可以借两个\n星期。",
    "a narrow column": "Le conseil s'est réuni le 3\nmars 1911 sous la prési-\ndence de M. Roux. Étaient\n"
    "présents MM. Blanc, Noir et\n"
    "Petit, conseillers ; absent,\nM. Vert, excusé.",
}  # fmt: skip


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED.keys())
def test_wrapped_texts_of_many_kinds(text: str) -> None:
    assert is_wrapped(text)
    assert "\n" not in unwrap(text).text


@pytest.mark.parametrize("width", [40, 60, 72, 100])
def test_wrapped_and_joined_is_the_same(width: int) -> None:
    generator = random.Random(width)
    words = "la porte, du jardin reste ouverte, pendant que nous parlons de tout sans rien dire ce soir".split()  # noqa: SIM905
    paragraphs = [
        " ".join(generator.choice(words) for _ in range(generator.randint(8, 60))).capitalize() + "." for _ in range(30)
    ]
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    assert is_wrapped(wrapped)
    assert unwrap(wrapped).text == "\n\n".join(paragraphs)


@given(st.text(alphabet="aéB. -\n\r\t>«»1漢\u00ad\u2028\ufeff", max_size=120))
def test_offsets_of_wrapped_texts(text: str) -> None:
    """Nothing but space, hyphens and marks of quoted mail is between segments or missing in them."""
    position = 0
    for found in segment(text, "fr", paragraphs="wrapped", boilerplate=False):
        original = text[found.start : found.end]
        assert "\n" not in found.text
        assert "\u2028" not in found.text
        assert _letters(original) == _letters(found.text)
        assert found.start >= position
        assert not _letters(text[position : found.start])
        position = found.end
    assert not _letters(text[position:])


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize(
    ("before", "after", "dropped"),
    [
        ("la tra-", "versée", 1), ("le gouver-", "nement", 1), ("ils pous-", "sèrent", 1), ("con-", "tinuing", 1),
        ("un porte-", "monnaie", 0), ("elle-", "même", 0), ("avez-", "vous", 0), ("Saint-", "Denis", 0),
        ("vice-", "président", 0), ("ci-", "dessous", 0), ("par-", "dessus", 0), ("porte-t-", "elle", 0),
        ("c'est-à-", "dire", 0), ("the 17th-", "century", 0), ("up-to-", "date", 0), ("well-", "known", 0),
        ("impos\xad", "sible", 1),
    ],
)  # fmt: skip
def test_hyphens(before: str, after: str, dropped: int) -> None:
    joint = Divided("").joint(before, after)
    assert joint is not None
    assert joint.dropped == dropped


def test_the_text_itself_is_asked_first() -> None:
    assert Divided("He came to-morrow.").joint("to-", "morrow") == Divided("").joint("self-", "made")
    joint = Divided("Le malmoulu est là.").joint("mal-", "moulu")
    assert joint is not None
    assert joint.dropped == 1
    assert Divided("").joint("Il vint -", "et partit") is None


def test_linear() -> None:
    text = (PROSE + "\n\n") * 400
    assert len(segment(text, "fr", paragraphs=line_layout(text))) == 1200
