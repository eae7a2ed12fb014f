"""What of a text the model sees, and how the output is put together."""

from aligner.translate.plan import Plan, assemble, make_plan, split_pieces


def latin(character: str) -> bool:
    return ord(character) < 0x250


def seen(plan: Plan) -> list[str]:
    return [piece.text for piece in plan.pieces if not piece.literal]


def test_an_ordinary_text_is_one_piece() -> None:
    plan = make_plan("L’État  garantit la paix.", latin)
    assert seen(plan) == ["L'État garantit la paix."]
    assert not plan.is_split


def test_islands_at_the_ends_stay_outside() -> None:
    plan = make_plan("• Voir le site 👍", latin)
    assert [(p.text, p.literal) for p in plan.pieces] == [("•", True), (" Voir le site ", False), ("👍", True)]
    assert assemble(plan, ["See the site"], english=True) == "• See the site 👍"


def test_punctuation_after_the_last_island_belongs_to_it() -> None:
    plan = make_plan("Voir www.un.org.", latin)
    assert seen(plan) == ["Voir "]
    assert assemble(plan, ["See"], english=True) == "See www.un.org."


def test_islands_inside_are_cut_out_only_on_demand() -> None:
    text = "Le président 习近平 arrive"
    assert seen(make_plan(text, latin)) == [text]
    assert seen(make_plan(text, latin, cut_islands=True)) == ["Le président ", " arrive"]


def test_nothing_to_translate() -> None:
    for text in ("", "12 000 €", "https://un.org/fr", "你好世界", "…"):
        assert make_plan(text, latin).is_literal, text


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
