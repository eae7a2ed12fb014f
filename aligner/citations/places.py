"""Where a quotation is: what a person writes for a place in a document, and the segments that it names.

    3.2   3.2-3.4   3   12-14   t7.1      paragraph and segment, the stable ids; with fr: or en: before them
    art. 8 b)   § 12   p. 14   chap. II, art. 3   art. L. 131-1   art. 8, al. 2   v. 16   3:16   art. 8-10

Words for parts are those of every language that aligner knows (`aligner.citations.divisions`). A place that is not
there, or that is there twice, is answered with the nearest ones. Start reading at `find_place`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from aligner.citations.divisions import PAGE, Division, find_divisions, is_number, value_of
from aligner.errors import InputError
from aligner.languages.language import known_languages, language_of
from aligner.languages.tags import base_language
from aligner.model import Bitext, Role, Segment, Side

_IDS = re.compile(r"(?P<a>\d+)(?:\.(?P<b>\d+))?(?:\s*[-–]\s*(?P<c>\d+)(?:\.(?P<d>\d+))?)?")
_PREFIX = re.compile(r"(?P<language>[A-Za-z]{2,3}):(?=t?\d|\D)")
_BIBLE = re.compile(r"(\d+):(\d+(?:[-–]\d+)?)")
_NUMBER = r"[LRDA]\.?\s?\*?\s?\d+(?:[-–]\d+)*|\d+(?:\.\d+)*(?:er|re|e|°)?(?:\s(?:bis|ter|quater|quinquies|sexies))?|\w+"
_POINT = re.compile(r"\(?(?P<n>[A-Za-z]{1,4}|\d{1,3})\)|(?P<d>\d{1,3})°")
_NAMED = 4
"""Places that a message names."""


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Segments of one side, one after the other."""

    is_target: bool
    first: int
    last: int
    label: str = ""
    """How people cite it, in the language of the text: ``art. 8 b)``; empty where ids were given."""
    division: Division | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One part of what was asked for: the kinds it may be, its number, and the last number of a range."""

    kinds: tuple[str, ...]
    number: str
    until: str = ""


def find_place(bitext: Bitext, asked: str) -> CitedPlace:
    """The segments that a locator names; InputError, with the nearest places, where there are none or several."""
    where = f"{bitext.id}:{asked}"
    text, is_target = asked.strip(), False
    languages = {base_language(side.language): number for number, side in enumerate((bitext.source, bitext.target))}
    # Only a language of this document: what else stands before a colon belongs to the place.
    if (prefix := _PREFIX.match(text)) and base_language(prefix["language"]) in languages:
        is_target, text = bool(languages[base_language(prefix["language"])]), text[prefix.end() :].strip()
    elif re.match(r"t\d", text):
        is_target, text = True, text[1:]
    side = bitext.target if is_target else bitext.source
    if not side.segments:
        raise InputError("this side has no text", where=where, hint="run `aligner run` first")
    if ids := _IDS.fullmatch(text):
        return CitedPlace(is_target, *_by_ids(side, ids, where))
    steps = _steps(text, where)
    return _found(side, steps, is_target=is_target, where=where)


def _by_ids(side: Side, ids: re.Match[str], where: str) -> tuple[int, int]:
    """The first and the last segment of a range of ids."""
    first = _indices(side, ids["a"], ids["b"], where)
    if ids["c"] is None:
        return first[0], first[-1]
    if (ids["b"] is None) != (ids["d"] is None):
        paragraph, sentence = f"{ids['a']}.{ids['b']}-{ids['a']}.{ids['c']}", f"{ids['a']}.{ids['b']}-{ids['c']}.1"
        hint = f"write {paragraph} or {sentence}" if ids["b"] else "write both ends as paragraph.segment"
        raise InputError("one end of the range is a paragraph, the other a segment", where=where, hint=hint)
    last = _indices(side, ids["c"], ids["d"], where)
    if last[-1] < first[0]:
        start, _, end = where.rpartition(":")[2].replace("–", "-").partition("-")
        raise InputError(
            "the range ends before it begins", where=where, hint=f"did you mean {end.strip()}-{start.strip()}?"
        )
    return first[0], last[-1]


def _indices(side: Side, paragraph: str, number: str | None, where: str) -> list[int]:
    """The segments with an id; InputError, with the nearest ids, where there is none."""
    inside = [n for n, segment in enumerate(side.segments) if segment.paragraph == int(paragraph)]
    found = [n for n in inside if number is None or side.segments[n].number == int(number)]
    if found:
        return found
    if inside:
        first, last = side.segments[inside[0]].locator, side.segments[inside[-1]].locator
        hint = f"it has {first} to {last}" if len(inside) > 1 else f"it has only {first}"
        raise InputError(f"paragraph {paragraph} has no segment {number}", where=where, hint=hint)
    paragraphs = list(dict.fromkeys(segment.paragraph for segment in side.segments))
    near = sorted(sorted(paragraphs, key=lambda each: abs(each - int(paragraph)))[:2])
    names = " and ".join(map(str, near))
    raise InputError(f"there is no paragraph {paragraph}", where=where, hint=f"the nearest are {names}")


def _steps(text: str, where: str) -> list[_Step]:
    """What was asked for, from the outer part to the inner one."""
    if bible := _BIBLE.fullmatch(text):
        return [_Step(("chapter", "section"), bible[1]), _step(("verse",), bible[2])]
    steps: list[_Step] = []
    rest = text
    while rest := rest.strip(" ,;\t\u00a0\u202f"):
        named = _words().match(rest)
        if named and (is_number(re.split(r"\s*[-–]\s*", named["number"])[0]) or named["number"].islower()):
            steps.append(_step(_kinds(named["word"]), named["number"]))
            rest = rest[named.end() :].removeprefix(")")
        elif point := _POINT.match(rest):
            steps.append(_Step(("point", "paragraph"), point["n"] or point["d"]))
            rest = rest[point.end() :]
        else:
            hint = "write 3.2, 3.2-3.4, or a part such as 'art. 8 b)', '§ 12', 'p. 14'"
            raise InputError(f"'{rest}' is not a place that can be cited", where=where, hint=hint)
    if not steps:
        raise InputError("no place is named", where=where, hint="write 3.2, 3.2-3.4, 'art. 8 b)', '§ 12' or 'p. 14'")
    return steps


def _step(kinds: tuple[str, ...], number: str) -> _Step:
    # The articles of codes have hyphens in their numbers: L. 131-1 is no range.
    parts = re.split(r"\s*[-–]\s*", number)
    if len(parts) == 2 and not re.match(r"[A-Za-z]\.?\s?\*?\s?\d", number):
        return _Step(kinds, parts[0], parts[1])
    return _Step(kinds, number)


@cache
def _words() -> re.Pattern[str]:
    """A word for a part in any language, and a number."""
    # The words of each kind by themselves: a pattern must not be cut at the bars inside it. What could be read as a
    # shorter word ("art" of "articles") is kept whole by what must follow.
    words = "|".join(f"(?:{each})" for each in {w for language in known_languages() for w in language.places.values()})
    return re.compile(rf"(?P<word>{words})(?![^\W\d_])\s*(?P<number>(?:{_NUMBER})(?:\s*[-–]\s*\d+)?)", re.IGNORECASE)


def _kinds(word: str) -> tuple[str, ...]:
    """What a word may mean in any language, the most likely first."""
    found = [
        kind
        for language in known_languages()
        for kind, words in language.places.items()
        if re.fullmatch(words, word, re.IGNORECASE)
    ]
    # One text's numbered paragraphs are another's verses or points, and § is a section in English.
    others = {"paragraph": ["section", "verse"], "verse": ["paragraph"], "point": ["paragraph"]}
    return tuple(dict.fromkeys([*found, *(other for kind in found for other in others.get(kind, []))]))


def _found(side: Side, steps: Sequence[_Step], *, is_target: bool, where: str) -> CitedPlace:
    """The place that the steps name among the parts of a text."""
    divisions = find_divisions(side.segments, side.language)
    # Lines have no marks in a text: they are counted inside the part that they are said to be in.
    if steps[-1].kinds == ("alinea",) and len(steps) > 1:
        base = _one(side, divisions, steps[:-1], steps[-2].number, where)
        first, last = _alinea(side, base, steps[-1].number, where)
        return CitedPlace(is_target, first, last, _label(side, divisions, steps, [base]), base)
    ends = [_one(side, divisions, steps, number, where) for number in (steps[-1].number, steps[-1].until) if number]
    if ends[-1].first < ends[0].first:
        raise InputError("the range ends before it begins", where=where, hint="turn the two numbers round")
    return CitedPlace(is_target, ends[0].first, ends[-1].last, _label(side, divisions, steps, ends), ends[0])


def _one(side: Side, divisions: Sequence[Division], steps: Sequence[_Step], number: str, where: str) -> Division:
    """The one part that the steps name, with this number for the last of them."""
    *above, last = steps
    # The likeliest kind first. A number that comes twice is an error, never a choice of ours (decision 55).
    for kind in last.kinds:
        of_kind = [each for each in divisions if each.kind == kind]
        found = [each for each in of_kind if _is(each.number, number, kind) and _is_inside(each, divisions, above)]
        if len(found) == 1:
            return found[0]
        if found:
            several = _list([_described(side, each, divisions) for each in found[:_NAMED]])
            hint = "name the part that it is in, or write its id"
            raise InputError(
                f"{_words_for(side, kind, number)} is there {len(found)} times: {several}", where=where, hint=hint
            )
    raise InputError(
        _missing(side, divisions, steps, number), where=where, hint=_nearest(side, divisions, steps, number)
    )


def _is(theirs: str, asked: str, kind: str) -> bool:
    """Whether two numbers are the same: *premier* and 1, II and 2, *L. 131-1* and *L131-1*."""
    return _key(theirs, kind) == _key(asked, kind)


def _key(number: str, kind: str) -> str:
    """A number as it is compared; the dot of 2.1 counts, and the letters of points are no Roman figures."""
    plain = re.sub(r"[\s*°]|(?<!\d)\.|\.(?!\d)", "", number).replace("–", "-").casefold()
    plain = re.sub(r"(?<=\d)(?:er|re|e)$", "", plain)
    if kind == "point":
        return plain
    # Roman figures are capitals in a text, but not always in what a person types.
    roman = value_of(plain.upper()) if plain.isalpha() and len(plain) < 5 else None
    value = value_of(plain) if roman is None else roman
    return plain if value is None else str(value)


def _is_inside(division: Division, divisions: Sequence[Division], above: Sequence[_Step]) -> bool:
    """Whether a part is in parts that these steps name, the last of them the nearest."""
    inner = division
    for step in reversed(above):
        found = [
            each
            for each in divisions
            if each.kind in step.kinds and _is(each.number, step.number, each.kind) and each.holds(inner)
        ]
        if not found:
            return False
        inner = found[-1]
    return True


def _alinea(side: Side, base: Division, number: str, where: str) -> tuple[int, int]:
    """The first and the last segment of the n-th line of a part; its heading does not count."""
    lines: dict[int, tuple[int, int]] = {}
    for index in range(base.first, base.last + 1):
        segment = side.segments[index]
        if segment.role is Role.TEXT:
            lines[segment.paragraph] = (lines.get(segment.paragraph, (index, index))[0], index)
    wanted = value_of(number) or 0
    if not 1 <= wanted <= len(lines):
        raise InputError(f"there is no line {number} in it", where=where, hint=f"it has {len(lines)}")
    return list(lines.values())[wanted - 1]


def _label(side: Side, divisions: Sequence[Division], steps: Sequence[_Step], chain: Sequence[Division]) -> str:
    """How a place is cited in the language of its text."""
    parts = []
    for step in steps[:-1]:
        found = [each for each in divisions if each.kind in step.kinds and _is(each.number, step.number, each.kind)]
        outer = [each for each in found if each.holds(chain[0]) or each == chain[0]]
        parts += [_words_for(side, outer[-1].kind, outer[-1].number)] if outer else []
    last = steps[-1]
    if last.kinds == ("alinea",):
        return ", ".join([*parts, _words_for(side, "alinea", last.number)])
    name = _words_for(side, chain[0].kind, chain[0].number)
    until = f"–{chain[1].number}" if len(chain) > 1 else ""
    # A point follows its article without a comma: art. 8 b)
    glue = " " if chain[0].kind == "point" and parts else ", "
    return glue.join([", ".join(parts), name + until]) if parts else name + until


def _words_for(side: Side, kind: str, number: str) -> str:
    """A part by its name and number: ``art. 8``, ``b)``, ``1°``."""
    labels = language_of(side.language).place_labels or language_of("en").place_labels
    name = labels.get(kind, kind)
    if kind == "point":
        return f"{number}°" if number.isdecimal() else f"{number})"
    return f"{name} {number}".strip()


def _described(side: Side, division: Division, divisions: Sequence[Division]) -> str:
    """A part with the one that it is in, and its id."""
    around = [each for each in divisions if each.holds(division) and each.kind not in {PAGE, division.kind}]
    name = _words_for(side, around[-1].kind, around[-1].number) if around else ""
    return f"{side.segments[division.first].locator}{f' ({name})' if name else ''}"


def _missing(side: Side, divisions: Sequence[Division], steps: Sequence[_Step], number: str) -> str:
    *above, step = steps
    name = _words_for(side, step.kinds[0], number)
    if above and any(
        each.kind in above[-1].kinds and _is(each.number, above[-1].number, each.kind) for each in divisions
    ):
        return f"there is no {name} in {_words_for(side, above[-1].kinds[0], above[-1].number)}"
    return f"there is no {name}"


def _nearest(side: Side, divisions: Sequence[Division], steps: Sequence[_Step], number: str) -> str:
    """What there is instead: parts of the same kind, the nearest first, or the kinds that there are."""
    last = steps[-1]
    same = [each for each in divisions if each.kind in last.kinds]
    if same:
        inside = [each for each in same if _is_inside(each, divisions, steps[:-1])] or same
        wanted = value_of(number)
        if wanted is not None:
            inside = sorted(inside, key=lambda each: abs((value_of(each.number) or 10**6) - wanted))
        near = sorted(inside[:_NAMED], key=lambda each: each.first)
        named = [f"{_words_for(side, each.kind, each.number)} ({side.segments[each.first].locator})" for each in near]
        return f"the nearest are {_list(named)}" if len(named) > 1 else f"there is only {named[0]}"
    kinds = list(dict.fromkeys(each.kind for each in divisions))
    counts = [f"{kind} ({sum(each.kind == kind for each in divisions)})" for kind in kinds]
    return f"recognised in it: {_list(counts)}" if counts else "no parts are recognised in it: write paragraph.segment"


def _list(items: Sequence[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def range_of(segments: Sequence[Segment], first: int, last: int) -> str:
    """Segments as a locator: ``3.2``, ``3.2–3.4``."""
    ends = segments[first].locator, segments[last].locator
    return ends[0] if ends[0] == ends[1] else "–".join(ends)
