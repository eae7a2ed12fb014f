"""What is done to a text before the model reads it: one table, in the order in which it is done.

    text ──PREPARATIONS──▶ Prepared: the text as the model likes it, what must come back, what it must not touch

Each row has a name, a reason, an example that runs as a test, and a function. A row that is for some languages alone is
named in their data (``aligner/languages/data``); any row can be switched off by its name. What undoes a preparation is
in `aligner.translation.protect.repairs`. Start reading at `PREPARATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aligner.languages.french_english.hours import with_times
from aligner.languages.french_english.spelling import (
    is_numbered_article,
    lower_opening,
    lower_word,
    with_guillemets,
    with_plain_number_sign,
    without_first_article,
)
from aligner.languages.marks import Span, item_marks
from aligner.languages.markup import decoded
from aligner.languages.pair import LanguagePair
from aligner.translation.protect.fold import (
    begins_with_capital,
    lower_capitals,
    model_form,
    without_accents_of_initials,
    without_unknown_letters,
)
from aligner.translation.protect.stretches import merged, protected_stretches
from aligner.translation.protect.superscripts import note_apart


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text as the model will see it, and what it takes to mend the output."""

    text: str = field(default="", compare=False)
    capitals: bool = False
    """The source is in capitals; the text is not."""
    opens: bool = False
    """The source begins with a capital, whatever the text or the model makes of it."""
    proper: dict[str, str] = field(default_factory=dict)
    """The spelling of words whose letters the model does not know."""
    note: str = ""
    """The mark of a footnote after the last word, which is not in the text."""
    protected: tuple[Span, ...] = field(default=(), compare=False)
    """Stretches that the model does not get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who a text is prepared for: a model, its languages, and how an attempt wants the text cut."""

    knows: Callable[[str], bool]
    """Whether the model has symbols for a character."""
    learned: Callable[[str], bool]
    """Whether it saw the letter often enough to use it."""
    languages: LanguagePair
    cut_inside: bool = False
    """Protect stretches inside a sentence, too; its halves are translated less well."""
    keep_numbers: bool = False
    """Protect numbers, too."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """A row of the table."""

    name: str
    reason: str
    before: str
    after: str
    """What the model gets of `before`; stretches that it does not get stand in ⟦brackets⟧."""
    function: Callable[[Prepared, Recipient], Prepared]
    some_languages: bool = False
    """Only for source languages whose data names it."""


def _with_text(function: Callable[[str], str]) -> Callable[[Prepared, Recipient], Prepared]:
    """A preparation that changes nothing but the text."""
    return lambda prepared, _: replace(prepared, text=function(prepared.text))


def _article_alone(prepared: Prepared, _reader: Recipient) -> Prepared:
    return replace(prepared, protected=((0, len(prepared.text)),)) if is_numbered_article(prepared.text) else prepared


def _footnote(prepared: Prepared, _reader: Recipient) -> Prepared:
    text, note = note_apart(prepared.text)
    return replace(prepared, text=text, note=note)


def _heading(prepared: Prepared, reader: Recipient) -> Prepared:
    lower = lower_capitals(prepared.text, reader.languages.source_acronyms)
    return prepared if lower is None else replace(prepared, text=lower, capitals=True)


def _opening(prepared: Prepared, reader: Recipient) -> Prepared:
    """A word alone is a heading, the first word of a sentence only stands out."""
    # A heading is a sentence by now.
    if prepared.capitals:
        return prepared
    word = lower_word(prepared.text, reader.languages.source_acronyms)
    if word is not None:
        return replace(prepared, text=word, capitals=True)
    return replace(prepared, text=lower_opening(prepared.text, reader.languages.source_acronyms))


def _initials(prepared: Prepared, _reader: Recipient) -> Prepared:
    text, proper = without_accents_of_initials(prepared.text)
    return replace(prepared, text=text, proper=prepared.proper | proper)


def _letters(prepared: Prepared, reader: Recipient) -> Prepared:
    text, proper = without_unknown_letters(prepared.text, reader.learned)
    return replace(prepared, text=text, proper=prepared.proper | proper)


def _stretches(prepared: Prepared, reader: Recipient) -> Prepared:
    """Those at the ends always; those inside only where the attempt asks for it."""
    # A model translates the two halves of a sentence less well than the whole.
    text = prepared.text
    found = protected_stretches(text, reader.knows, keep_numbers=reader.keep_numbers)
    if not reader.cut_inside:
        first = [s for s in found[:1] if not text[: s[0]].strip()]
        # Punctuation may follow the last one.
        found = first + [s for s in found[-1:] if s not in first and not any(map(str.isalnum, text[s[1] :]))]
    return replace(prepared, protected=tuple(merged([*prepared.protected, *found], text)))


PREPARATIONS = (
    # A rendering had "5 nbsp;000 nbsp; Eurosp;".
    Preparation(
        "entities",
        "no model has learned entities",
        "L'&eacute;cole a re&ccedil;u 30 &euro;",
        "L'école a reçu 30 €",
        _with_text(decoded),
    ),
    Preparation(
        "typography",
        "models know straight apostrophes and plain spaces",
        "l’État\u00a0:  oui\u200b",
        "l'État : oui",
        _with_text(model_form),
    ),
    # The United Nations' plain texts have them. The model left one of a pair out, and its sentence was cut there.
    Preparation(
        "guillemets",
        "models know no angle brackets",
        "Le << plan >> de paix",
        "Le « plan » de paix",
        _with_text(with_guillemets),
        some_languages=True,
    ),
    Preparation(
        "article-1er",
        "English counts the first article like the others",
        "Article 1er, le 1er mai",
        "Article 1, le 1er mai",
        _with_text(without_first_article),
        some_languages=True,
    ),
    # Alone it was a *Rule* or a *section*: the parliament and the laws that models learn from call it so.
    Preparation(
        "article-alone",
        "the number of an article, alone, is the same in English",
        "Article 12",
        "⟦Article 12⟧",
        _article_alone,
        some_languages=True,
    ),
    # A model wrote "15 45 GMT" for 15 h 45, and "35 hit week" for 35 h par semaine.
    Preparation(
        "hours",
        "models hardly know the sign h for hours",
        "Ouvert de 9 h à 12 h 30, 35 h par semaine",
        "Ouvert de 9:00 à 12:30, 35 heures par semaine",
        _with_text(with_times),
        some_languages=True,
    ),
    Preparation(
        "footnote",
        "models read a raised digit as a plain one",
        "Il vient¹.",
        "Il vient.",
        _footnote,
    ),
    Preparation(
        "capital",
        "remembered for the repair of that name",
        "Il vient.",
        "Il vient.",
        lambda prepared, _: replace(prepared, opens=begins_with_capital(prepared.text)),
    ),
    Preparation(
        "heading",
        "a heading in capitals is read as a sentence",
        "LA SÉCURITÉ MONDIALE",
        "La sécurité mondiale",
        _heading,
    ),
    # DÉCIDE and LITIGES were copied like acronyms.
    Preparation(
        "opening-capitals",
        "acts have the first word of a sentence in capitals",
        "VU le code",
        "Vu le code",
        _opening,
        some_languages=True,
    ),
    # On 200 sentences with the sign BLEU rises from 37.2 to 46.0 (docs/translation.md).
    Preparation(
        "number-sign",
        "models know the sign of a number as no",
        "la loi n° 78-17",
        "la loi no 78-17",
        lambda prepared, reader: (
            prepared if reader.learned("°") else replace(prepared, text=with_plain_number_sign(prepared.text))
        ),
        some_languages=True,
    ),
    Preparation(
        "initials",
        "models lose the accent of an initial",
        "É. Zola",
        "E. Zola",
        _initials,
    ),
    Preparation(
        "letters",
        "models lose letters that they never learned",
        "Slavoj Žižek",
        "Slavoj Zizek",
        _letters,
    ),
    # A rendering had "<b>Enre save "/b>", another one lost %(nom)s.
    Preparation(
        "protected",
        "addresses, telephone numbers, placeholders, paths and other scripts must come out as they went in",
        "• Voir www.un.org",
        "⟦•⟧ Voir ⟦www.un.org⟧",
        _stretches,
    ),
    Preparation(
        "list-marks",
        "models lose list marks, so each item is translated alone",
        "Il comprend : a) le plan ; b) les frais.",
        "Il comprend : ⟦a)⟧ le plan ; ⟦b)⟧ les frais.",
        lambda prepared, _: replace(
            prepared, protected=tuple(merged([*prepared.protected, *item_marks(prepared.text)], prepared.text))
        ),
    ),
)
"""In this order; the later rows count on what the earlier ones did."""
