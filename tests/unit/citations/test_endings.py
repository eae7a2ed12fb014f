"""A part ends where its text does: before signatures, annexes and notes."""

from __future__ import annotations

import pytest

from aligner.citations.divisions import find_divisions
from aligner.text import segment

ACT = "Titre I\nArticle 1\nUn.\nArticle 2\nLe présent accord entre en vigueur. Il dure.\n"
ACT_EN = "Title I\nArticle 1\nOne.\nArticle 2\nThis agreement enters into force. It lasts.\n"
ACT_DE = "Titel I\nArtikel 1\nEins.\nArtikel 2\nDieses Abkommen tritt in Kraft. Es gilt.\n"


def ends(text: str, language: str = "fr") -> dict[tuple[str, str], str]:
    """The last segment of each part."""
    segments = segment(text, language)
    return {(each.kind, each.number): segments[each.last].text for each in find_divisions(segments, language)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ACT + "Fait à Paris, le 3 mai 2021.\nLe ministre,\nJean Dupont", "fr"),
        (ACT + "FAIT À NEW YORK, le 3 mai 2021.\n1. Une annotation.", "fr"),
        (ACT + "Fait le 3 mai 2021.\nEmmanuel Macron\nPar le Président de la République :", "fr"),
        (ACT + "Fait en double exemplaire, en langues française et anglaise.", "fr"),
        (ACT + "En foi de quoi, les soussignés ont signé.\nFait à Bonn.", "fr"),
        (ACT + "Bruxelles, le 3 mai 2021\nPar la Commission\nUrsula Schmidt", "fr"),
        (ACT + "Le Président de la République,\nEmmanuel Macron", "fr"),
        (ACT + "JEAN DUPONT", "fr"),
        (ACT + "ANNEXE\nListe des produits\nPommes.", "fr"),
        (ACT + "Annexe :\nListe.", "fr"),
        (ACT + "ANNEXE À LA LOI\nListe.", "fr"),
        (ACT + "Notes\n1. Voir ailleurs.", "fr"),
        (ACT.replace("vigueur", "vigueur(1)") + "(1) JO L 12 du 3.4.2020, p. 1.", "fr"),
        (ACT.replace("vigueur", "vigueur [1]") + "[1] JO L 12.\n[2] Autre.".replace("\n[2] Autre.", ""), "fr"),
        (ACT.replace("vigueur", "vigueur¹") + "¹ JO L 12 du 3.4.2020.", "fr"),
        (ACT.replace("vigueur", "vigueur1") + "1 JO L 12 du 3.4.2020.", "fr"),
        (ACT.replace("vigueur", "vigueur*") + "* Voir ailleurs.", "fr"),
        (ACT.replace("vigueur", "vigueur(1)") + "Fait à Bonn.\n(1) Note.", "fr"),
        (ACT.replace("vigueur", "vigueur(1)") + "Le Président,\nJean Dupont\n(1) Note.", "fr"),
        (ACT_EN + "Done at Geneva, this 3rd day of May 2021.\nFor the Government\nJohn Smith", "en"),
        (ACT_EN + "IN WITNESS WHEREOF the undersigned have signed.", "en"),
        (ACT_EN + "Done in duplicate.\nJohn Smith", "en"),
        (ACT_EN + "Appendix\nList.", "en"),
        (ACT_EN + "Footnotes\n1. See elsewhere.", "en"),
        (ACT_DE + "Geschehen zu Bonn am 3. Mai 2021.", "de"),
        (ACT_DE + "ANHANG\nListe.", "de"),
    ],
)  # fmt: skip
def test_the_last_article_ends_where_its_text_ends(text: str, language: str) -> None:
    found = ends(text, language)
    last = {"fr": "Il dure.", "en": "It lasts.", "de": "Es gilt."}[language]
    assert [found[key] for key in found if key[0] in {"title", "article"}] == [
        last, {"fr": "Un.", "en": "One.", "de": "Eins."}[language], last,
    ]  # fmt: skip
    assert not any(kind == "paragraph" and end.startswith(("(1)", "1 JO")) for (kind, _), end in found.items())


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (ACT + "Les produits sont :\n– pommes\n– poires", "– poires"),
        (ACT + "Sont nommés :\nJean Dupont\nAnne Roux", "Anne Roux"),
        ("Article 1\nUn.\nArticle 2\nTexte sans point", "Texte sans point"),
        (ACT + "Fait à noter : il pleut.", "Fait à noter : il pleut."),
        (ACT + "Tarif\nPommes 12\nPoires 13", "Poires 13"),
        ("Article 2\n(1) Sous réserve de (2), il vote.\n(2) Il signe.", "(2) Il signe."),
        (ACT + "Les annexes en font partie.", "Les annexes en font partie."),
    ],
)
def test_what_only_looks_like_an_ending_belongs_to_the_article(text: str, last: str) -> None:
    assert ends(text)[("article", "2")] == last


def test_articles_that_count_on_show_that_a_signature_is_a_model() -> None:
    text = "Article 1\nLe certificat porte :\nFait à Paris, le 3 mai 2021.\nEt le sceau.\nArticle 2\nDeux."
    assert ends(text)[("article", "1")] == "Et le sceau."


def test_a_note_between_two_articles_is_in_neither_and_their_title_goes_on() -> None:
    found = ends("Titre I\nArticle 1\nUn mot (1) ici.\n(1) JO L 12.\nArticle 2\nDeux.\nTitre II\nArticle 3\nTrois.")
    assert found == {
        ("title", "I"): "Deux.", ("article", "1"): "Un mot (1) ici.", ("article", "2"): "Deux.",
        ("title", "II"): "Trois.", ("article", "3"): "Trois.",
    }  # fmt: skip


def test_a_note_at_the_foot_of_a_page_stays_inside_its_article() -> None:
    text = "Article 1\n1. Un mot [1] ici.\n[1] Voir ailleurs.\n2. Encore.\nArticle 2\nDeux."
    assert ends(text)[("article", "1")] == "2. Encore."


def test_an_annex_has_its_own_articles_and_signatures() -> None:
    text = ACT + "Fait à Paris, le 3 mai 2021.\nAnnexe I\nArticle 1\nPommes.\nFait à Lyon, le 4 mai 2021."
    found = ends(text)
    assert (found[("annex", "I")], found[("article", "2")]) == ("Pommes.", "Il dure.")
