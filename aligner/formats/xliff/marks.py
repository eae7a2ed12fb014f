"""What tools say of a target, each in attributes of its own, told in the words of XLIFF 1.2 (`states`).

=======================  ==========================================================================
XLIFF 1.2                ``state``, ``state-qualifier``; ``approved`` of the unit
XLIFF 2                  ``state``, ``subState``
Trados (.sdlxliff)       ``sdl:seg conf="Draft" origin="mt"``, in the unit's ``sdl:seg-defs``
memoQ (.mqxliff)         ``mq:status="ManuallyConfirmed"``, ``mq:insertedmatch``
Phrase (.mxliff)         ``m:confirmed="1"``, ``m:trans-origin="mt"``
=======================  ==========================================================================

A person who confirmed a text stands for it, whoever had put it there; the qualifier still says who had. Start reading
at `marks_of`.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from lxml import etree

from aligner.formats.tmx.dates import iso_date
from aligner.formats.xliff.states import tools_origin
from aligner.formats.xml.read import local_name

_OPEN = "needs-review-translation"
_MACHINE, _MEMORY = "leveraged-mt", "leveraged-tm"
_REJECTED = "rejected-inaccurate"
PREFIX = "aligner:"
"""What our ``subState`` of XLIFF 2 begins with; the state or the qualifier of XLIFF 1.2 follows."""


@dataclass(frozen=True, slots=True)
class TargetMarks:
    """What is said of a target."""

    state: str = ""
    qualifier: str = ""
    approved: bool = False
    by: str = ""
    """Who changed or confirmed it last; empty: not said."""
    changed: str = ""
    """When, ISO 8601."""


_SDL_LEVELS = {
    "draft": TargetMarks(_OPEN),
    "translated": TargetMarks("translated", approved=True),
    "approvedtranslation": TargetMarks("signed-off", approved=True),
    "approvedsignoff": TargetMarks("final", approved=True),
    "rejectedtranslation": TargetMarks(_OPEN, _REJECTED),
    "rejectedsignoff": TargetMarks(_OPEN, _REJECTED),
}
_SDL_ORIGINS = {
    **dict.fromkeys(("mt", "nmt", "amt", "automated-translation", "machine-translation"), _MACHINE),
    **dict.fromkeys(("tm", "document-match", "auto-propagated", "auto-aligned", "perfect-match"), _MEMORY),
}
_MEMOQ = {
    "notstarted": TargetMarks("new"),
    "autosplitandempty": TargetMarks("new"),
    "pretranslated": TargetMarks(_OPEN, _MEMORY),
    "machinetranslated": TargetMarks(_OPEN, _MACHINE),
    "assembledfromfragments": TargetMarks(_OPEN, "leveraged-glossary"),
    "rejected": TargetMarks(_OPEN, _REJECTED),
    **dict.fromkeys(("edited", "partiallyedited", "autojoined", "autosplit"), TargetMarks(_OPEN)),
    **dict.fromkeys(
        ("manuallyconfirmed", "confirmed", "reviewer1confirmed", "proofread", "acknowledged"),
        TargetMarks("signed-off", approved=True),
    ),
}
_XLIFF_2 = {"initial": "new", "translated": "translated", "reviewed": "signed-off", "final": "final"}
_MONTH_FIRST = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (\d\d):(\d\d):(\d\d)")


def marks_of(unit: etree._Element, target: etree._Element | None, segment: str) -> TargetMarks:
    """What is said of the target of a ``trans-unit``, or of its segment with this id."""
    if definition := _sdl_definition(unit, segment):
        return _sdl(*definition)
    if "status" in (own := _own(unit, "MQXliff")):
        return _memoq(unit, own)
    if (own := _own(unit, "memsource")).keys() & {"confirmed", "trans-origin"}:
        return _phrase(own)
    # The state of a segment is that of its target.
    if target is not None and local_name(target) == "mrk":
        target = next(target.iterancestors("{*}target"), None)
    state, qualifier = ("", "") if target is None else (target.get("state", ""), target.get("state-qualifier", ""))
    return TargetMarks(state, qualifier, approved=unit.get("approved") == "yes")


def _own(unit: etree._Element, namespace: str) -> dict[str, str]:
    """The attributes of a tool's own namespace, by their local names."""
    found = ((str(name), str(value)) for name, value in unit.items())
    return {name.rpartition("}")[2]: value for name, value in found if namespace in name.rpartition("}")[0]}


def state_2(word: str) -> str:
    """The state of XLIFF 2 beside which we write a state or a qualifier of XLIFF 1.2 as the ``subState``.

    >>> state_2("needs-review-translation"), state_2("leveraged-mt")
    ('translated', 'initial')
    """
    # Nobody has done anything with a machine's text, or with one that was rejected; a person's draft is a translation.
    return "translated" if word == _OPEN else "initial"


def marks_of_segment(segment: etree._Element) -> TargetMarks:
    """What XLIFF 2 says of the target of a ``segment``."""
    said, more = segment.get("state"), segment.get("subState", "")
    word = more.removeprefix(PREFIX)
    # A tool that changed the state and left ours beside it meant the state.
    if word != more and said == state_2(word):
        return TargetMarks(_OPEN, word) if tools_origin(word) else TargetMarks(word)
    # A segment is "initial" where nothing is said; a text in it is then somebody's.
    return TargetMarks() if said is None else TargetMarks(_XLIFF_2.get(said, said))


def _sdl_definition(unit: etree._Element, segment: str) -> tuple[dict[str, str], dict[str, str]] | None:
    """The attributes and the values of ``sdl:seg``; of a unit that is not cut, those of its only one."""
    found = [each for each in unit.iterfind("{*}seg-defs/{*}seg") if not segment or each.get("id") == segment]
    if len(found) != 1:
        return None
    values = {value.get("key", ""): value.text or "" for value in found[0].iterfind("{*}value")}
    return {str(name): str(value) for name, value in found[0].items()}, values


def _sdl(facts: dict[str, str], values: dict[str, str]) -> TargetMarks:
    level, origin = facts.get("conf", "").lower(), facts.get("origin", "").lower()
    marks = _SDL_LEVELS.get(level, TargetMarks())
    if origin in {"not-translated", "source"} and not marks.approved:
        return TargetMarks("new")
    by, changed = values.get("last_modified_by", ""), _date(values.get("modified_on", ""))
    return replace(marks, qualifier=marks.qualifier or _SDL_ORIGINS.get(origin, ""), by=by, changed=changed)


def _memoq(unit: etree._Element, own: dict[str, str]) -> TargetMarks:
    marks = _MEMOQ.get(own["status"].lower(), TargetMarks(_OPEN))
    # "Pretranslated" does not say by what; the match that was inserted does.
    inserted = next(unit.iterfind("{*}insertedmatch"), None)
    if marks.qualifier == _MEMORY and inserted is not None and inserted.get("source", "").startswith("MT"):
        marks = replace(marks, qualifier=_MACHINE)
    by = own.get("translatorcommitusername") or own.get("lastchanginguser", "")
    changed = _date(own.get("translatorcommittimestamp", "")) or _date(own.get("lastchangedtimestamp", ""))
    return replace(marks, by=by, changed=changed)


def _phrase(own: dict[str, str]) -> TargetMarks:
    origin = own.get("trans-origin", "").lower()
    qualifier = _MACHINE if origin in {"mt", "nmt"} else _MEMORY if origin in {"tm", "nt", "inter"} else ""
    at = own.get("modified-at", "")
    when = _epoch(at) if at.isdigit() else _date(at)
    # Each step of a workflow that confirmed the segment counts one.
    confirmed = own.get("confirmed", "0") not in {"", "0", "false"}
    state = "signed-off" if confirmed else _OPEN
    return TargetMarks(state, qualifier, approved=confirmed, by=own.get("modified-by", ""), changed=when)


def _date(text: str) -> str:
    """A tool's time as ISO 8601 in UTC to the second; empty where there is none."""
    # Trados writes the month first whatever the machine is set to.
    match = _MONTH_FIRST.fullmatch(text)
    return iso_date("{2}-{0}-{1}T{3}:{4}:{5}Z".format(*match.groups()) if match else text)


def _epoch(milliseconds: str) -> str:
    try:
        moment = datetime.datetime.fromtimestamp(int(milliseconds) / 1000, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
