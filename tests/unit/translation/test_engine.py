"""The engine with the embedded model: what comes out, and what must never happen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from aligner.checks.dates import times
from aligner.checks.findings import Pair
from aligner.checks.numbers import numbers
from aligner.errors import EnvironmentProblem, InputError
from aligner.translation import (
    ArgosTranslator,
    Flag,
    TranslateOptions,
    find_package,
    install_package,
    open_translator,
)
from aligner.translation.argos.decoder import Decoding, Hypothesis
from aligner.translation.argos.tokenizer import Tokens
from aligner.translation.packages.folders import EMBEDDED

Pack = Callable[..., Path]

SENTENCES = [
    "Le Conseil de sécurité est saisi de la question.",
    "La réunion aura lieu le 12 mars 2024.",
    "Nous sommes favorables à cette proposition.",
    "Je voudrais remercier le rapporteur.",
    "C'est une question importante pour l'Europe.",
]


def test_sentences_come_out_in_english(translator: ArgosTranslator) -> None:
    council, meeting, _, thanks, europe = (r.text for r in translator.translate(SENTENCES))
    assert "Security Council" in council
    assert "2024" in meeting
    assert "thank" in thanks
    assert "Europe" in europe


def test_one_rendering_per_text_in_order_and_scores_are_probabilities(translator: ArgosTranslator) -> None:
    texts = [*SENTENCES, "", "12 %", *reversed(SENTENCES)]
    renderings = translator.translate(texts)
    assert [r.text for r in renderings[:5]] == [r.text for r in reversed(renderings[7:])]
    assert all(0 < r.score <= 1 for r in renderings)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "– 3 000", "75 001", "01 23 45 67 89", "https://www.un.org/fr", "•", "12.", "北京", "👍", "a@b.fr"],
)
def test_what_has_nothing_to_translate_is_copied(translator: ArgosTranslator, text: str) -> None:
    (rendering,) = translator.translate([text])
    assert (rendering.text, rendering.score, rendering.flags) == (text.strip(), 1.0, (Flag.COPIED,))


def test_an_amount_that_stands_alone_is_written_as_english_writes_it(translator: ArgosTranslator) -> None:
    cells = {"– 3 000\u00a0€": "– €3,000", "1\u202f234,5": "1,234.5", "12,5 %": "12.5%", "12.345,60": "12,345.60"}
    assert [each.text for each in translator.translate(list(cells))] == list(cells.values())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Le site https://www.un.org/fr/ga/ donne la liste des membres.", "https://www.un.org/fr/ga/"),
        ("Écrire à jean.dupont@exemple.fr avant le 3 mai.", "jean.dupont@exemple.fr"),
        ("Le président Xi Jinping (习近平) est arrivé à Moscou.", "习近平"),
        ("• Le Conseil a décidé.", "• "),
        ("Merci beaucoup 👍🏽", "👍🏽"),
        ("12. Les États membres ont décidé.", "12. "),
    ],
)
def test_protected_stretches_come_through(translator: ArgosTranslator, text: str, kept: str) -> None:
    (rendering,) = translator.translate([text])
    assert kept in rendering.text
    assert "⁇" not in rendering.text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bonjour %(nom)s, il vous reste {0} jours.", ["%(nom)s", "{0}"]),
        ("Utilisez <b>Enregistrer</b> pour {name} et %s.", ["<b>", "</b>", "{name}", "%s"]),
        ("Le fichier est dans \\\\srv-01\\partage\\CA\\2024 depuis hier.", ["\\\\srv-01\\partage\\CA\\2024 "]),
        ("Ouvrez C:\\Users\\Été\\rapport.docx avant de continuer.", ["C:\\Users\\Été\\rapport.docx "]),
        ("Le journal se trouve dans /var/log/été.txt et doit être lu.", ["/var/log/été.txt "]),
        ("Voir DOI 10.1000/xyz123 pour plus de détails.", ["10.1000/xyz123"]),
        ("Définissez ${HOME} avant de lancer le programme.", ["${HOME}"]),
        ("L'&eacute;cole co&ucirc;te 30&nbsp;&euro; (&lt; 40) par mois.", ["€30", "(< 40)"]),
        (
            "Ces avis sont sur le serveur du service, à l'adresse : [https://dd.exemple.fr/avis/AAAAMMJJ/FM/CWAO/]"
            "(https://dd.exemple.fr/avis/AAAAMMJJ/FM/CWAO/) et sur les autres services de la ville, à l'adresse : "
            "https://api.exemple.fr/collections/avis/items?limit=10&startindex=0&sortby=-datetime&type=fm.",
            [
                "[https://dd.exemple.fr/avis/AAAAMMJJ/FM/CWAO/](https://dd.exemple.fr/avis/AAAAMMJJ/FM/CWAO/)",
                "https://api.exemple.fr/collections/avis/items?limit=10&startindex=0&sortby=-datetime&type=fm",
            ],
        ),
        ('![image](img/été.png "Légende")', ['![image](img/été.png "Légende")']),
        ("Cliquez sur [ce lien](page.html) pour continuer.", ["[", "](page.html)"]),
    ],
)
def test_what_is_for_machines_comes_out_as_it_went_in(translator: ArgosTranslator, text: str, kept: list[str]) -> None:
    (rendering,) = translator.translate([text])
    places = [rendering.text.find(thing) for thing in kept]
    assert -1 not in places, rendering.text
    assert places == sorted(places)
    assert Flag.DOUBTFUL not in rendering.flags


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a) la maîtrise d'œuvre ; b) la fourniture ; c) les frais", r"a\) \w.+; b\) \w.+; c\) \w+"),
        ("1) copie ; 2) justificatif de domicile ; 3) contrat.", r"1\) \w.+; 2\) \w.+; 3\) \w+"),
        ("Il comprend : (i) la fourniture, (ii) la pose et (iii) les frais.", r": \(i\) \w.+\(ii\) \w.+\(iii\) \w+"),
        ("Il décide : 1° d'approuver le budget ; 2° de fixer la taxe.", r": 1° \w.+; 2° \w+"),
        ("1° Premièrement ;", r"^1° \w+"),
        ("i. premier point", r"^i\. \w+"),
        ("ii. deuxième point", r"^ii\. \w+"),
        ("iv) quatrième point", r"^iv\) \w+"),
        ("A. Les États membres présentent leur rapport.", r"^A\. \w+"),
    ],
)
def test_the_marks_of_a_list_stay_with_their_items(translator: ArgosTranslator, text: str, shape: str) -> None:
    (rendering,) = translator.translate([text])
    assert re.search(shape, rendering.text), rendering.text


@pytest.mark.parametrize(
    "text",
    [
        "Ouvert de 9 h à 12 h 30 et de 14 h à 18 h 15.",
        "La réunion commence à 15 h 45 GMT.",
        "Le train part à 8 h 00.",
        "Le bureau ouvre à 14h30.",
        "La séance est levée à 12 h.",
        "HORAIRES : DE 9 H À 17 H",
        "De 14h à 18h",
    ],
)
def test_times_of_the_day_are_right(translator: ArgosTranslator, text: str) -> None:
    (rendering,) = translator.translate([text])
    pair = Pair(text, rendering.text)
    assert [*times(pair), *numbers(pair)] == [], rendering.text
    assert not re.search(r"\d ?h\b|\d: ", rendering.text), rendering.text


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Secrétaire général¹", r"\w¹$"),
        ("Le Conseil a adopté la résolution¹².", r"\w¹²\.$"),
        ("Le Comité¹ a examiné le rapport de la Commission² sur la réforme.", r"\w¹ .*\w² "),
        ("Une surface de 10 m² et un volume de 5 m³.", r"^(?!.*m[23])"),
        ("¹ Voir la résolution 1325.", r"^¹ .*1325"),
        ("¹ A/78/265.", r"^¹ A/78/265\.$"),
    ],
)
def test_raised_digits_keep_their_shape(translator: ArgosTranslator, text: str, shape: str) -> None:
    (rendering,) = translator.translate([text])
    assert re.search(shape, rendering.text), rendering.text


def test_english_punctuation_follows_its_word(translator: ArgosTranslator) -> None:
    texts = [
        "Attention : les délais sont courts ; répondez vite !",
        "Quel est le délai\u00a0?",
        "a) Pourquoi ; b) comment ?",
    ]
    for rendering in translator.translate(texts):
        assert not re.search(r"\s[;:!?]", rendering.text), rendering.text


def test_headings_in_capitals_stay_in_capitals(translator: ArgosTranslator) -> None:
    (rendering,) = translator.translate(["RAPPORT DE LA COMMISSION DES AFFAIRES ÉTRANGÈRES"])
    assert rendering.text.isupper()
    assert "FOREIGN AFFAIRS" in rendering.text


@pytest.mark.parametrize("text", ["DÉCIDE", "PRÉAMBULE", "LITIGES", "OBJET :"])
def test_a_word_in_capitals_alone_is_translated(translator: ArgosTranslator, text: str) -> None:
    (rendering,) = translator.translate([text])
    assert rendering.text.isupper()
    assert rendering.text != text
    assert Flag.COPIED not in rendering.flags


def test_the_first_word_of_an_act_is_translated(translator: ArgosTranslator) -> None:
    texts = ["AUTORISE le maire à signer la convention.", "CONSIDÉRANT QUE la commune est propriétaire du terrain ;"]
    for text, rendering in zip(texts, translator.translate(texts), strict=True):
        assert text[:8] not in rendering.text
        assert rendering.text[0].isupper()


@pytest.mark.parametrize("text", ["UNESCO", "ASEAN", "SIRET"])
def test_an_acronym_alone_stays(translator: ArgosTranslator, text: str) -> None:
    assert translator.translate([text])[0].text == text


@pytest.mark.parametrize(
    ("text", "name"), [("É. Zola est né à Paris.", "É. Zola"), ("M. À. Roux est venu.", "À. Roux")]
)
def test_initials_keep_their_accents(translator: ArgosTranslator, text: str, name: str) -> None:
    (rendering,) = translator.translate([text])
    assert name in rendering.text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ARRÊTÉ MUNICIPAL N° 2025-118", r"\b2025-118$"),
        ("ARRÊTÉ MUNICIPAL N°2025/118", r"\b2025/118$"),
        ("DÉLIBÉRATION N° 45", r"\bNO\.? 45$"),
        ("N° 2025-118", r"^No\.? 2025-118$"),
        ("La loi n° 78-17 du 6 janvier 1978 protège les données.", r"\b78-17\b"),
        ("Le règlement (UE) n° 1215/2012 du Parlement européen est applicable.", r"\bNo\.? 1215/2012\b"),
        ("Voir le document n° 12.", r"\b12\.$"),
    ],
)
def test_a_number_and_its_sign_come_through(translator: ArgosTranslator, text: str, number: str) -> None:
    (rendering,) = translator.translate([text])
    assert re.search(number, rendering.text)
    assert "°" not in rendering.text


def test_labels_of_a_letterhead_keep_their_colon(translator: ArgosTranslator) -> None:
    labels = ["Tél.", "Téléphone", "Fax", "Courriel", "SIRET", "Objet", "Vos réf.", "Contact presse"]
    values = ["04 76 00 00 00", "mairie@exemple.fr", "213 800 123 00017"]
    lines = list(product(labels, [" :", "\u00a0:", ":"], values))
    for (_, _, value), rendering in zip(lines, translator.translate([f"{a}{b} {c}" for a, b, c in lines]), strict=True):
        assert re.search(rf"[^\s:]: {value}$", rendering.text), rendering.text


def test_a_sentence_of_300_words_loses_nothing(translator: ArgosTranslator) -> None:
    years = list(range(1951, 1991))
    text = "; ".join(f"en {year}, le Conseil a adopté une résolution" for year in years) + "."
    assert len(text.split()) > 300
    (rendering,) = translator.translate([text])
    found = [year for year in years if str(year) in rendering.text]
    assert found == years
    places = [rendering.text.index(str(year)) for year in years]
    assert places == sorted(places)
    assert 0.5 < len(rendering.text) / len(text) < 2
    assert Flag.SPLIT in rendering.flags
    assert rendering.text.count("resolution") >= 30


def test_a_long_sentence_without_punctuation_is_translated_to_its_end(translator: ArgosTranslator) -> None:
    years = list(range(1960, 1990))
    text = " ".join(f"le rapport de {year} est important et" for year in years) + " nous remercions la Commission"
    (rendering,) = translator.translate([text])
    assert [year for year in years if str(year) not in rendering.text] == []
    assert "Commission" in rendering.text[-60:]
    assert rendering.text.count("report") >= 25


def test_a_rendering_does_not_depend_on_its_neighbours_or_the_threads(translator: ArgosTranslator) -> None:
    together = translator.translate(SENTENCES)
    assert [translator.translate([text])[0] for text in SENTENCES] == together
    options = TranslateOptions(beam=1, threads=3, batch_tokens=16)
    other = open_translator(translator.package, options=options)
    assert other.translate([*reversed(SENTENCES), "Oui."])[:5] == together[::-1]


def test_what_the_model_says_of_a_text_does_not_depend_on_its_batch(translator: ArgosTranslator) -> None:
    # texts of one length are decoded together, where CTranslate2 mixes up what their first tokens look at
    words = ("paix", "loi", "terre", "mer", "guerre", "ville", "route", "vie", "langue", "culture", "police", "presse")
    tokens = translator._tokenizer.encode([f"La {word} est à nous tous." for word in words])
    length = Counter(map(len, tokens)).most_common(1)[0][0]
    alike = [each for each in tokens if len(each) == length]
    assert len(alike) >= 10

    def decoded(inputs: list[Tokens]) -> list[list[Hypothesis]]:
        batches = translator._decoder.stream(inputs, Decoding(beam=2))
        return [best for _, best in sorted(found for batch in batches for found in batch)]

    assert decoded(alike) == [decoded([each])[0] for each in alike]


def test_progress_ends_at_the_total(translator: ArgosTranslator) -> None:
    seen: list[tuple[int, int]] = []
    translator.translate(SENTENCES, progress=lambda *done: seen.append(done))
    assert seen == sorted(seen)
    done, total = seen[-1]
    assert done == total > sum(len(text.split()) for text in SENTENCES)


def test_hostile_lines(translator: ArgosTranslator) -> None:
    lines = [
        "\x00\x07 bonjour \x1b[31m le monde",
        "deux\nlignes\r\net\u2028trois",
        "\ud800 demi",
        "العربية مع français",
        "e\u0301" * 50,
        "z" * 100_000,
        "(" * 2000,
        "1 " * 2000,
        "\ufeff",
        "?" * 300,
        "\u202eabc\u202c",
        "⁇ inconnu ⁇",
        "ß" * 79,
        "oui " * 400,
    ]
    renderings = translator.translate(lines)
    assert len(renderings) == len(lines)
    for line, rendering in zip(lines, renderings, strict=True):
        assert len(rendering.text.splitlines()) <= 1, line
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in rendering.text), line
        assert bool(rendering.text) == any(c.isalnum() or c in "(?\ufeff" for c in line), line
    assert renderings[5].text == lines[5]


def test_the_cache_answers_without_the_model(tmp_path: Path) -> None:
    file = tmp_path / "translations.sqlite"
    package = find_package("fr", "en", model=EMBEDDED)
    first = open_translator(package, cache=file, options=TranslateOptions(beam=1))
    renderings = first.translate(SENTENCES)
    first.close()
    again = open_translator(package, cache=file, options=TranslateOptions(beam=1))
    assert again.translate([*SENTENCES[::-1]]) == renderings[::-1]
    assert again.fresh == 0
    assert "_decoder" not in vars(again)
    other = open_translator(package, cache=file, options=TranslateOptions(beam=2))
    other.translate(SENTENCES[:2])
    assert other.fresh == 2


def test_an_interruption_keeps_what_is_done(tmp_path: Path) -> None:
    file = tmp_path / "translations.sqlite"
    package = find_package("fr", "en", model=EMBEDDED)
    options = TranslateOptions(beam=1, threads=1, batch_tokens=8)

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    translator = open_translator(package, cache=file, options=options)
    with pytest.raises(KeyboardInterrupt):
        translator.translate(SENTENCES, progress=stop)
    translator.close()
    after = open_translator(package, cache=file, options=options)
    after.translate(SENTENCES)
    assert 0 < after.fresh < len(SENTENCES)


def test_a_folder_and_an_archive_translate_alike(home: Path, pack: Pack, translator: ArgosTranslator) -> None:
    installed = install_package(pack())
    assert installed.path.is_dir()
    options = TranslateOptions(beam=1)
    pairs = (each.translate(SENTENCES) for each in (open_translator(installed, options=options), translator))
    assert all((a.text, a.score, a.flags) == (b.text, b.score, b.flags) for a, b in zip(*pairs, strict=True))


def test_a_target_prefix_is_given_to_the_model_and_taken_off(home: Path, pack: Pack) -> None:
    plain = find_package("fr", "en", model=pack())
    prefixed = find_package("fr", "en", model=pack("prefixed", target_prefix="▁The"))
    options = TranslateOptions(beam=1)
    (first,) = open_translator(plain, options=options).translate(["Le Conseil a décidé."])
    (second,) = open_translator(prefixed, options=options).translate(["Le Conseil a décidé."])
    assert first.text.startswith("The Council")
    assert second.text == first.text.removeprefix("The ")


def test_a_corrupt_model_given_is_bad_input_and_one_installed_an_environment_problem(home: Path, pack: Pack) -> None:
    path = pack(files={"model/model.bin": b"\0" * 100})
    with pytest.raises(InputError, match="cannot be used"):
        open_translator(find_package("fr", "en", model=path)).translate(["Oui."])
    installed = install_package(pack("good"))
    (installed.path / "model" / "model.bin").write_bytes(b"\0" * 100)
    with pytest.raises(EnvironmentProblem, match="install the package again"):
        open_translator(find_package("fr", "en")).translate(["Oui."])


@pytest.mark.parametrize(
    "choices", [{"beam": 0}, {"longest": -1}, {"longest": 1000}, {"threads": -1}, {"batch_tokens": 0}]
)
def test_options_out_of_range_are_refused(choices: dict[str, int]) -> None:
    with pytest.raises(InputError, match="must be between"):
        TranslateOptions(**choices)


class Liking:
    """Prefers renderings with a word, for texts with another."""

    def __init__(self, source: str, word: str) -> None:
        self.source, self.word = source, word

    @property
    def signature(self) -> str:
        return f"liking:{self.word}"

    def key(self, source: str) -> str:
        return self.word if self.source in source else ""

    def worth(self, source: str, candidate: str) -> float:  # noqa: ARG002
        return float(self.word in candidate)


def test_a_preference_chooses_among_the_best_and_leaves_other_texts_alone(translator: ArgosTranslator) -> None:
    from aligner.translation.argos.decoder import Decoding

    text = "Nous sommes favorables à cette proposition."
    tokens = translator._tokenizer.encode([text])
    ((_, hypotheses),) = next(iter(translator._decoder.stream(tokens, Decoding(beam=5, hypotheses=5))))
    best, *others = translator._tokenizer.decode([hypothesis.tokens for hypothesis in hypotheses])
    word = next(word for other in others for word in other.split() if word not in best)
    options = TranslateOptions(beam=1, threads=1)
    liking = open_translator(translator.package, options=options, preferences=[Liking("favorables", word)])
    chosen, *rest = liking.translate([text, *SENTENCES[:2]])
    assert word in chosen.text
    assert rest == translator.translate(SENTENCES[:2])
    assert liking.signature == f"{translator.signature}|liking:{word}"


def test_the_cache_forgets_only_what_a_preference_concerns(translator: ArgosTranslator, tmp_path: Path) -> None:
    file, options = tmp_path / "cache.sqlite", TranslateOptions(beam=1, threads=1)
    for preferences, fresh in (([], 3), ([Liking("favorables", "we")], 1), ([Liking("favorables", "us")], 1), ([], 0)):
        opened = open_translator(translator.package, cache=file, options=options, preferences=preferences)
        opened.translate(SENTENCES[:3])
        opened.close()
        assert opened.fresh == fresh


def test_a_passage_that_nothing_looks_at_is_tried_again_and_flagged(home: Path, pack: Pack) -> None:
    text = "Le Conseil a examiné les rapports sur la situation humanitaire dans les territoires occupés."
    unasked, strict = (
        open_translator(find_package("fr", "en", model=pack(least_attention=each))) for each in (0.0, 0.99)
    )
    assert unasked.translate([text])[0].flags == ()
    assert Flag.OMITTED in strict.translate([text])[0].flags
    assert strict.translate(["Le Conseil."])[0].flags == ()


def test_words_with_letters_that_have_no_piece_are_translated(translator: ArgosTranslator) -> None:
    texts = ["La Nouvelle-Zélande s'est abstenue.", "La Zambie et le Zimbabwe ont voté.", "Article 1er"]
    one, other, article = (rendering.text for rendering in translator.translate(texts))
    assert "Zélande" not in one
    assert "Zambie" not in other
    assert "Zimbabwe" in other
    assert article == "Article 1"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Article 12", "Article 12"),
        ("Article 1er", "Article 1"),
        ("ARTICLE 1er", "ARTICLE 1"),
        ("Article L. 123-4 :", "Article L. 123-4:"),
        ("Article 3 bis", "Article 3 bis"),
        ("L'article 12 du traité est abrogé.", "Article 12 of the Treaty is repealed."),
    ],
)
def test_the_number_of_an_article_is_the_same_in_english(translator: ArgosTranslator, text: str, english: str) -> None:
    assert translator.translate([text])[0].text == english


def test_a_word_alone_is_tried_without_its_capital_and_a_name_stays(translator: ArgosTranslator) -> None:
    words = {"Perte": "Loss", "Voiture.": "Car.", "FROMAGE": "CHEESE", "Paris": "Paris", "Macron": "Macron"}
    assert [each.text for each in translator.translate(list(words))] == list(words.values())


def test_a_guess_at_a_word_alone_is_flagged(translator: ArgosTranslator) -> None:
    guess, sure = translator.translate(["Brindoufle.", "Merci."])
    assert Flag.DOUBTFUL in guess.flags
    assert sure.flags == ()
