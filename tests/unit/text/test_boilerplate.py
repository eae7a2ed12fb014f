"""Boilerplate: leftovers of pages not seen while the rules were written, and sentences that must never be marked."""

from pathlib import Path

import pytest

from aligner.model import Role
from aligner.text import segment
from aligner.text.boilerplate import boilerplate_rules, find_boilerplate

LEFTOVERS = [
    ("Page d'accueil>>Chine", "breadcrumb"),
    ("Accueil > International > Afrique", "breadcrumb"),
    ("Home › News › World", "breadcrumb"),
    ("Chine>>Politique", "breadcrumb"),
    ("Dernière mise à jour à 10h01 le 20/09", "updated"),
    ("Mis à jour le 3 mars 2021 à 18:05", "updated"),
    ("Publié le 12/05/2022 - 14h20", "updated"),
    ("Last updated: May 3, 2021 10:15 GMT", "updated"),
    ("Time of issue:", "issue-time"),
    ("Date de publication : 2023-04-10", "issue-time"),
    ("2023-04-10 21:35", "date-stamp"),
    ("10/04/2023", "date-stamp"),
    ("Xinhua | 20.09.2023 08h36", "dateline"),
    ("Le Quotidien du Peuple en ligne | 03.11.2021 09h12", "dateline"),
    ("French.xinhuanet.com | Publié le 2019-06-07 à 10:51", "dateline"),
    ("Par Ren Qi à Moscou | China Daily Global |", "byline"),
    ("By Jane Doe | The Daily Example | 3 May", "byline"),
    ("Par Jean-Pierre Martin", "byline"),
    ("(Rédacteurs :Ying Xie, Yishuang Liu)", "editors"),
    ("(Web editor: Hongyu, Bianji)", "editors"),
    ("Rédactrice : Claire Petit", "editors"),
    ("Envoyer ce lien à un ami", "send"),
    ("Envoyer cet article par courriel", "send"),
    ("Email this article to a friend", "send"),
    ("Imprimer", "print"),
    ("Version imprimable", "print"),
    ("Print this page", "print"),
    ("Partager sur Facebook", "share"),
    ("Partager cet article", "share"),
    ("Facebook Twitter WhatsApp LinkedIn", "share"),
    ("• Votre pseudo", "comment-form"),
    ("Votre adresse e-mail *", "comment-form"),
    ("Laissez un commentaire", "comment-form"),
    ("Leave a Reply", "comment-form"),
    ("12 commentaires", "comment-form"),
    ("•", "bullet"),
    ("Abonnez-vous à notre newsletter", "subscribe"),
    ("Subscribe to our newsletter", "subscribe"),
    ("Nous utilisons des cookies pour améliorer votre expérience. En savoir plus", "cookies"),
    ("Tout accepter les cookies", "cookies"),
    ("This website uses cookies to improve your experience.", "cookies"),
    ("© 2023 Exemple SA. Tous droits réservés.", "copyright"),
    ("All rights reserved", "copyright"),
    ("Lire aussi : La grève continue à Lyon", "read-more"),
    ("Read more: Talks resume", "read-more"),
    ("Retour en haut", "read-more"),
    ("Aller au contenu principal", "navigation"),
    ("Mentions légales | Contact | Plan du site", "navigation"),
    ("Taille du texte : A- A+", "text-size"),
    ("1 234 vues", "counter"),
    ("(Photo : Agence Exemple)", "photo-credit"),
    ("Crédit photo : Jeanne Petit", "photo-credit"),
]

SENTENCES = [
    "Le ministre a publié le 12 mai 2022 un rapport.",
    "Publié en 1990 par Gallimard, ce livre a marqué une génération.",
    "Par la présente, nous vous informons de notre décision",
    "Par ailleurs, rien n’a changé",
    "Par conséquent",
    "De la paix",
    "By the way, he left",
    "Imprimer un document, c’est facile.",
    "Partager la richesse",
    "Partager les bénéfices équitablement entre les peuples.",
    "Votre commentaire m’a fait réfléchir.",
    "Envoyer ce lien à un ami fut une erreur.",
    "Les cookies sont de petits fichiers.",
    "Il faut accepter les cookies de grand-mère avec le sourire.",
    "Abonnez-vous à l’idée que tout change.",
    "La Chine > la France en population.",
    "x | y est une opération.",
    "— Imprimer ? dit-il.",
    "Le 14 septembre 2020",
    "12 mai 1789",
    "* * *",
    "Contact",
    "Aide",
    "Recherche",
    "Voir aussi",
    "Commentaires",
    "Photo de famille",
    "Source de vie et de joie",
    "II. Concepts et principes fondamentaux",
    "Copyright law is complex.",
    "Share this burden with me, he said.",
    "Read more books.",
    "Updated rules apply.",
    "Time of issue matters to collectors.",
]


@pytest.mark.parametrize(("line", "code"), LEFTOVERS)
def test_leftovers_are_marked(line: str, code: str) -> None:
    assert find_boilerplate([line]) == {0: code}


@pytest.mark.parametrize("line", SENTENCES)
def test_ordinary_lines_are_not(line: str) -> None:
    assert find_boilerplate([line]) == {}


def test_wordings_that_could_be_text_count_only_at_the_edges() -> None:
    text = ["Une phrase tout à fait ordinaire."] * 12
    assert find_boilerplate([*text, "Imprimer", *text]) == {}
    assert find_boilerplate([*text, "Imprimer"]) == {12: "print"}
    assert find_boilerplate([*text, "• Votre pseudo", *text]) == {12: "comment-form"}


@pytest.mark.parametrize("last", ["Des liens plus profonds", "des liens  plus profonds…"])
def test_a_last_line_that_repeats_the_title(last: str) -> None:
    text = ["Des liens plus profonds avec la Russie", "Une phrase.", "Une autre phrase.", last]
    assert find_boilerplate(text) == {3: "repeated-title"}


@pytest.mark.parametrize("last", ["Des liens plus profonds !", "Des", "Une fin", "Des liens plus forts"])
def test_a_last_line_of_its_own(last: str) -> None:
    text = ["Des liens plus profonds avec la Russie", "Une phrase.", "Une autre phrase.", last]
    assert find_boilerplate(text) == {}


def test_every_rule_says_why() -> None:
    for rule in boilerplate_rules():
        assert rule.code
        assert rule.why
        assert rule.where in ("anywhere", "edges")


def test_every_code_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "segmentation.md").read_text("utf-8")
    for code in {rule.code for rule in boilerplate_rules()}:
        assert f"| `{code}` |" in page


def test_a_fresh_page() -> None:
    page = (
        "Accueil > Monde\nLe traité est signé\nAFP | 02.05.2021 10h20\n\nLes deux pays ont signé. Ils se félicitent.\n"
        "Le texte entre en vigueur demain.\nPartager sur Facebook\n12 commentaires\nLe traité est"
    )
    marked = [s.text for s in segment(page, "fr") if s.role is Role.BOILERPLATE]
    assert marked == [
        "Accueil > Monde", "AFP | 02.05.2021 10h20", "Partager sur Facebook", "12 commentaires", "Le traité est",
    ]  # fmt: skip


def test_development_text_is_left_alone(shared: Path) -> None:
    """Every line of the alignment data as if it stood at the edge of a document: a handful of them may be marked."""
    lines = [
        line.strip()
        for file in sorted((shared / "alignment" / "dev").glob("*.[ef][nr]"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    marked = [line for line in lines if find_boilerplate([line])]
    assert len(marked) <= len(lines) / 2000, marked


def test_the_corpus_keeps_its_text(root: Path) -> None:
    files = sorted((root / "corpus" / "fr").glob("*.txt"))
    if not files:
        pytest.skip("no corpus")
    for file in files:
        found = segment(file.read_text("utf-8"), "fr")
        assert all(len(s.text) < 80 for s in found if s.role is Role.BOILERPLATE)
        assert not any(s.text.rstrip(".").isdigit() for s in found)
