"""What a cell of a spreadsheet shows: numbers, percentages, dates and times by their number format.

    46145, "d mmmm"  ──▶ 3 May          0.5, "0%"  ──▶ 50%          0.5833, "h:mm"  ──▶ 14:00

The file has a number and a format code (ECMA-376, part 1, section 18.8.30); the words and signs that the code leaves to
the computer are those of the column's language. What no file tells (the system's own date, a currency's place) is not
made up: `NotShownError` says why. Start reading at `shown_number`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

GENERAL, TEXT = "General", "@"
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 49: TEXT,
}  # fmt: skip
"""Formats that a file names by their number alone; others (14 is the system's own date) look different everywhere."""
_TOKEN = re.compile(
    r"""  "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | \[\$(?P<symbol>[^\]-]*)(?:-(?P<locale>[0-9A-Fa-f]+))?\]
        | \[(?P<bracket>[^\]]*)\] | _(?P<space>.) | \*(?P<fill>.)
        | (?P<half>AM/PM|am/pm|A/P|a/p) | (?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[eEgGbB]+(?![+-]))
        | (?P<digits>[0\#?][0\#?,]*(?:\.[0\#?]*)?,*) | (?P<science>[eE][+-]) | (?P<general>General) | (?P<plain>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COLOURS = re.compile(r"(?i)black|blue|cyan|green|magenta|red|white|yellow|color ?\d+")
_LANGUAGE_OF_LOCALE = {0x09: "en", 0x0C: "fr"}
"""By the last byte of Windows' numbers for languages."""
_MONTHS = {
    "en": [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ],
    "fr": [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ],
}  # fmt: skip
_SHORT_MONTHS = {
    "en": [month[:3] for month in _MONTHS["en"]],
    "fr": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
}
_DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
}
_SIGNS = {"en": (".", ","), "fr": (",", "\u202f")}
"""The decimal sign, and what stands between thousands."""
_WORDS = {"en": ("FALSE", "TRUE"), "fr": ("FAUX", "VRAI")}
_LONGEST = 11
"""Digits that the format *General* shows; beyond them it rounds."""


class NotShownError(ValueError):
    """What a cell shows cannot be told from the file; the message says what it holds."""


# Compared by identity: a format may have the same part twice.
@dataclass(frozen=True, slots=True, eq=False)
class _Token:
    kind: str
    text: str


def shown_truth(value: str, language: str) -> str:
    """A truth value as the spreadsheet shows it in a language.

    >>> shown_truth("1", "en"), shown_truth("0", "fr")
    ('TRUE', 'FAUX')
    """
    return _WORDS[_known(language, "a truth value")][value in {"1", "true"}]


def shown_number(value: str, code: str | None, *, language: str = "en", from_1904: bool = False) -> str:
    """A number as a format code shows it; None is a format that only the system knows. Raises `NotShownError`.

    >>> shown_number("0.5", "0%"), shown_number("46145", "d mmmm"), shown_number("46145", "d mmmm", language="fr")
    ('50%', '3 May', '3 mai')
    >>> shown_number("0.5833333333333334", "h:mm"), shown_number("1234.5", "#,##0.00")
    ('14:00', '1,234.50')
    """
    try:
        number = Decimal(value)
    except ArithmeticError as error:
        raise NotShownError("something that is no number") from error
    if code is None:
        raise NotShownError("a date or time in the form of the computer that shows it")
    if code in (GENERAL, TEXT, ""):
        return _general(number, language)
    tokens = _tokens(_section(code, number))
    locale = next((token.text for token in tokens if token.kind == "locale"), "")
    language = locale or language
    if any(token.kind in {"date", "half"} for token in tokens):
        return _date(number, tokens, language, from_1904=from_1904)
    # A second section has its own sign for what is negative.
    return _number(abs(number) if ";" in code else number, tokens, language)


def _known(language: str, what: str) -> str:
    base = language.partition("-")[0].lower()
    if base in ("", "und"):
        return "en"
    if base not in _SIGNS:
        raise NotShownError(f"{what}, whose form in the language {base} is not known here")
    return base


def _general(number: Decimal, language: str) -> str:
    plain = number.normalize()
    if len(plain.as_tuple().digits) > _LONGEST:
        plain = Decimal(f"{plain:.{_LONGEST - 1}e}").normalize()
    text = f"{plain:f}"
    if len(text.lstrip("-").replace(".", "")) > _LONGEST:
        raise NotShownError("a number with too many digits to be shown")
    return text if "." not in text else text.replace(".", _SIGNS[_known(language, "a number")][0])


def _section(code: str, number: Decimal) -> str:
    """The part of a format code for a number: what is positive; what is negative; what is nothing."""
    parts = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", code)
    if len(parts) > 2 and number == 0:
        return parts[2]
    return parts[1] if len(parts) > 1 and number < 0 else parts[0]


def _tokens(section: str) -> list[_Token]:
    """The parts of a section, literal text in one kind; NotShownError for what changes with the computer."""
    found = []
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup or "plain"
        if kind in {"quoted", "escaped", "plain"}:
            found.append(_Token("text", match[kind]))
        elif match["symbol"] is not None:
            number = int(match["locale"] or "0", 16)
            if match["locale"] and number > 0xFFFF:
                raise NotShownError("a date in the form of the computer that shows it")
            if match["locale"]:
                locale = _LANGUAGE_OF_LOCALE.get(number & 0xFF, f"number {number}")
                found.append(_Token("locale", locale))
            found += [_Token("text", match["symbol"])] if match["symbol"] else []
        elif kind == "bracket" and _COLOURS.fullmatch(match["bracket"]):
            continue
        elif kind in {"bracket", "science", "fill"} or (kind == "date" and match["date"][0] in "eEgGbB"):
            raise NotShownError(f"a number in the format {section}")
        elif kind == "space":
            found.append(_Token("text", " "))
        elif kind == "general":
            raise NotShownError(f"a number in the format {section}")
        else:
            found.append(_Token(kind, match[kind]))
    return found


def _number(number: Decimal, tokens: list[_Token], language: str) -> str:
    digits = [token.text for token in tokens if token.kind == "digits"]
    literal = "".join(token.text for token in tokens if token.kind == "text")
    if not digits and "@" not in literal:
        return literal
    if len(digits) != 1 or "?" in digits[0] or "/" in literal or "@" in literal:
        raise NotShownError("a number in a form that is not read here")
    # Commas behind the last digit divide by thousands, those between digits part thousands.
    bare = digits[0].rstrip(",")
    whole, _, fraction = bare.partition(".")
    number *= Decimal(100) ** literal.count("%") / Decimal(1000) ** (len(digits[0]) - len(bare))
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    # A "#" shows a digit only where there is one.
    after = after[: fraction.count("0")] + after[fraction.count("0") :].rstrip("0")
    decimal, thousands = _SIGNS[_known(language, "a number")] if after or "," in whole else (".", ",")
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", thousands, before)
    text = before + (decimal + after if after or "." in digits[0] else "")
    shown = "".join(text if token.kind == "digits" else token.text for token in tokens if token.kind != "locale")
    return f"-{shown}" if number < 0 and rounded else shown


def _date(number: Decimal, tokens: list[_Token], language: str, *, from_1904: bool) -> str:
    """A serial number as a date or a time: days since 1900, or 1904, and the part of a day."""
    # 1900 is a leap year to spreadsheets, as it was to Lotus 1-2-3: before its March the days are one off.
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    if number < 0 or 60 <= number < 61 or number > 2_958_465:
        raise NotShownError("a number that is no date")
    last = next((t.text[0].lower() for t in reversed(tokens) if t.kind == "date"), "")
    # Seconds that are not shown are cut off, not rounded: 14:59:40 is 14:59. A second lost to binary fractions is not.
    moment = start + timedelta(seconds=int((number * 86_400).to_integral_value(ROUND_HALF_UP)))
    halved = any(token.kind == "half" for token in tokens)
    shown, before = [], ""
    dates = [token for token in tokens if token.kind == "date"]
    for token in tokens:
        if token.kind == "date":
            following = dates[dates.index(token) + 1].text[0].lower() if token is not dates[-1] else ""
            minutes = token.text[0] in "mM" and len(token.text) < 3 and (before == "h" or following == "s")
            shown.append(_date_part(token.text.lower(), moment, language, minutes=minutes, halved=halved))
            before = token.text[0].lower()
        elif token.kind == "half":
            shown.append(("AM", "PM")[moment.hour > 11][: 1 if len(token.text) < 5 else 2])
        elif token.kind == "digits":
            raise NotShownError(f"a time with parts of a {'second' if last == 's' else 'unit'}")
        elif token.kind == "text":
            shown.append(token.text)
    return "".join(shown).strip()


def _date_part(part: str, moment: datetime, language: str, *, minutes: bool, halved: bool) -> str:
    letter, size = part[0], len(part)
    if letter == "y":
        return f"{moment.year:04}" if size > 2 else f"{moment.year % 100:02}"
    if letter in "md" and size > 2 and not minutes:
        known = _known(language, "a date with words")
        if letter == "d":
            name = _DAYS[known][moment.weekday()]
            return name if size > 3 else name[:3] + ("." if known == "fr" else "")
        if size == 5:
            return _MONTHS[known][moment.month - 1][0].upper()
        return (_MONTHS if size == 4 else _SHORT_MONTHS)[known][moment.month - 1]
    hour = (moment.hour - 1) % 12 + 1 if halved else moment.hour
    values = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}
    return f"{values[letter]:0{min(size, 2)}}"
