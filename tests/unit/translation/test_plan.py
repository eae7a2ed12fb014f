"""What of a text the model sees, and how the output is put together."""

from collections.abc import Callable, Sequence

import pytest

from aligner.languages import find_pair
from aligner.translation.argos import plan as module
from aligner.translation.argos.plan import Plan, split_pieces
from aligner.translation.protect.preparations import Recipient
from aligner.translation.protect.steps import Steps

FRENCH_ENGLISH, FRENCH_GERMAN = Steps(find_pair("fr", "en")), Steps(find_pair("fr", "de"))


def make_plan(
    text: str,
    knows: Callable[[str], bool],
    *,
    learned: Callable[[str], bool] | None = None,
    cut_inside: bool = False,
    keep_numbers: bool = False,
) -> Plan:
    reader = Recipient(
        knows=knows,
        learned=learned or knows,
        languages=FRENCH_ENGLISH.languages,
        cut_inside=cut_inside,
        keep_numbers=keep_numbers,
    )
    return module.make_plan(text, reader, FRENCH_ENGLISH)


def assemble(plan: Plan, outputs: Sequence[str], *, english: bool) -> str:
    return module.assemble(plan, outputs, FRENCH_ENGLISH if english else FRENCH_GERMAN)


def latin(character: str) -> bool:
    return ord(character) < 0x250


def seen(plan: Plan) -> list[str]:
    return [piece.text for piece in plan.pieces if not piece.literal]


def test_an_ordinary_text_is_one_piece() -> None:
    plan = make_plan("L’État  garantit la paix.", latin)
    assert seen(plan) == ["L'État garantit la paix."]


def test_protected_stretches_at_the_ends_stay_outside() -> None:
    plan = make_plan("• Voir le site 👍", latin)
    assert seen(plan) == ["Voir le site"]
    assert assemble(plan, ["See the site"], english=True) == "• See the site 👍"


def test_punctuation_after_the_last_protected_stretch_belongs_to_it() -> None:
    plan = make_plan("Voir www.un.org.", latin)
    assert seen(plan) == ["Voir"]
    assert assemble(plan, ["See"], english=True) == "See www.un.org."


def test_protected_stretches_inside_are_cut_out_only_on_demand() -> None:
    text = "Le président 习近平 arrive"
    assert seen(make_plan(text, latin)) == [text]
    assert seen(make_plan(text, latin, cut_inside=True)) == ["Le président", "arrive"]


def test_nothing_to_translate() -> None:
    for text in ("", "12 000 €", "https://un.org/fr", "你好世界", "…"):
        assert not make_plan(text, latin).to_translate, text


def test_capitals_come_back() -> None:
    plan = make_plan("LA SÉCURITÉ MONDIALE", latin)
    assert seen(plan) == ["La sécurité mondiale"]
    assert assemble(plan, ["Global security"], english=True) == "GLOBAL SECURITY"


def test_clauses_lose_the_marks_of_a_sentence() -> None:
    plan = split_pieces(make_plan("Il pleut, et il vente, mais nous restons.", latin), lambda part: len(part) < 25)
    assert seen(plan) == ["Il pleut, et il vente, ", "mais nous restons."]
    english = assemble(plan, ["It rains, and it blows.", "But we stay."], english=True)
    assert english == "It rains, and it blows, but we stay."


def test_only_english_clauses_lose_their_capital() -> None:
    plan = split_pieces(make_plan("Il pleut ici, mais nous restons.", latin), lambda part: len(part) < 20)
    assert (
        assemble(plan, ["Es regnet,", "In Berlin bleiben wir."], english=False) == "Es regnet, In Berlin bleiben wir."
    )


def test_pieces_are_the_text_and_punctuation_beside_protected_stretches_is_kept() -> None:
    text = "Le rapport (www.un.org, 2024), d'après 习近平: rien."
    plan = make_plan(text, latin, cut_inside=True)
    assert "".join(piece.text for piece in plan.pieces) == text
    assert seen(plan) == ["Le rapport", "2024), d'après", "rien."]


def test_numbers_can_be_kept_and_are_written_the_english_way() -> None:
    plan = make_plan("En 1980, 12 500,5 tonnes soit 4,5 fois plus", latin, cut_inside=True, keep_numbers=True)
    assert seen(plan) == ["En", "tonnes soit", "fois plus"]
    english = assemble(plan, ["In", "tons or", "times as much"], english=True)
    assert english == "In 1980, 12,500.5 tons or 4.5 times as much"
    other = assemble(plan, ["In", "Tonnen oder", "mal mehr"], english=False)
    assert other == "In 1980, 12 500,5 Tonnen oder 4,5 mal mehr"


def test_headings_in_capitals_keep_their_numerals_and_acronyms() -> None:
    plan = make_plan("II. RAPPORT DE L'ONU SUR LA COVID-19 (ISM)", str.isascii)
    assert plan.prepared.capitals
    assert plan.to_translate == ["rapport de l'ONU sur la COVID-19 (ISM)"]
    assert make_plan("DIX PAYS CIVILS", str.isascii).to_translate == ["Dix pays civils"]


def test_a_capital_that_the_model_has_not_learned_comes_back() -> None:
    plan = make_plan("« Île de Žižek »", latin, learned=lambda letter: letter.isascii() or letter in "î")
    assert seen(plan) == ["« île de Zizek »"]
    assert assemble(plan, ["“island of Zizek”"], english=True) == "“Island of Žižek”"


def test_a_text_begins_as_its_source_does() -> None:
    plan = make_plan("Document sur la paix", latin)
    assert assemble(plan, ["conceptual peace"], english=True) == "Conceptual peace"
    assert assemble(plan, ["iPhones for peace"], english=True) == "iPhones for peace"
    plan = make_plan("3. Promouvoir la paix", latin)
    assert assemble(plan, ["promote peace"], english=True) == "3. Promote peace"
    assert assemble(make_plan("et la paix", latin), ["and peace"], english=True) == "and peace"


def test_what_is_for_machines_gets_no_capital() -> None:
    plan = make_plan("Bonjour {nom}, entrez.", latin)
    assert assemble(plan, ["{nom}, hello"], english=True) == "{nom}, hello"


def test_a_sentence_that_lists_is_cut_at_its_marks() -> None:
    plan = make_plan("Il comprend : a) le plan ; b) les frais, et c) la taxe.", latin)
    assert plan.to_translate == ["Il comprend :", "le plan ;", "les frais, et", "la taxe."]
    english = assemble(plan, ["It includes.", "the plan.", "expenses, and", "the tax."], english=True)
    assert english == "It includes: a) the plan; b) expenses, and c) the tax."


def test_a_clause_keeps_its_semicolon() -> None:
    plan = make_plan("1) le plan ; 2) les frais", latin)
    assert assemble(plan, ["the plan", "expenses."], english=True) == "1) the plan; 2) expenses"


@pytest.mark.parametrize(
    ("output", "spaced"),
    [
        ("Warning : he comes ; really ?", "Warning: he comes; really?"),
        ("“Why ?” (no !) Really ?! ...", "“Why?” (no!) Really?! ..."),
        ("In 2020 : 3 laws", "In 2020: 3 laws"),
        ("The scale is 1 : 50 000 :-)", "The scale is 1 : 50 000 :-)"),
        ("The `a ? b : c` of x !", "The `a ? b : c` of x!"),
    ],
)
def test_english_has_no_space_before_its_punctuation(output: str, spaced: str) -> None:
    plan = make_plan("le texte", latin)
    assert assemble(plan, [output], english=True) == spaced
    assert assemble(plan, [output], english=False) == output


@pytest.mark.parametrize(
    ("clause", "output", "joined"),
    [
        ("il approuve le texte", "Approves the text.", "approves the text"),
        ("il y a cinq voix", "Five votes are there.", "five votes are there"),
        ("le Mali approuve", "Mali approves", "Mali approves"),
        ("les peuples français", "French peoples", "French peoples"),
        ("en mai", "May is here", "May is here"),
        ("je viens", "I come", "I come"),
        ("sa pose", "It's its fitting", "it's its fitting"),
        ("les onusiens", "UN staff", "UN staff"),
    ],
)
def test_a_clause_inside_a_sentence_loses_its_capital_unless_it_is_a_name(
    clause: str, output: str, joined: str
) -> None:
    plan = make_plan(f"1) le plan ; 2) {clause}", latin)
    assert assemble(plan, ["the plan", output], english=True) == f"1) the plan; 2) {joined}"
