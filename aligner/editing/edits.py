"""What a person does to a bead, as a record: one class for each kind of edit.

Every change that a person makes is one of these, whichever way it comes in:

    served page, page opened from disk ──parse_edit──▶ SetStatus, SetText, SetNote, Merge, Split, Move
    TMX, XLIFF, XLSX, TSV ─────────────import_file───▶ TakeOver

An edit names its bead by its locator (``3.2``) and says what the person saw there (`Before`): if the bead is no longer
so, somebody else changed it, and the edit is a conflict. The page sends edits as JSON; `parse_edit` reads them and
refuses what is not exactly an edit. Start reading at `Edit`.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from aligner.editing.authorship import Incoming
from aligner.errors import InputError
from aligner.model import Origin, Status

LIMIT = 100_000
"""Characters in a text or a note at most."""

_Choice = TypeVar("_Choice", bound=StrEnum)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class End(StrEnum):
    """One side of a bead."""

    SOURCE = "source"
    TARGET = "target"


class Neighbour(StrEnum):
    """The bead before or after another."""

    PREVIOUS = "previous"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Before:
    """A bead as the person saw it."""

    target: str
    """Its English, segments joined with a space."""
    status: Status
    written: str = field(default="", repr=False)
    """The fingerprint of the text with which the page was made; empty: unknown. (No part of `Edit.digest`: edits that
    were taken before are known again.)"""
    maker: str = field(default="", repr=False)
    """The package that made that text; empty: no machine did, or it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What all edits have in common."""

    bead: str
    """The bead's locator at that point of the sequence of edits."""
    before: Before
    at: str = ""
    """When the person did it, ISO 8601; empty: now."""

    @property
    def changed(self) -> str:
        """`at` in UTC to the second, as beads are dated; empty when it is."""
        return _in_utc(self.at) if self.at else ""

    @property
    def digest(self) -> str:
        """What tells this edit from every other that is dated: the first half of a SHA-256, hexadecimal."""
        return hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus(Edit):
    """Accept, reject, or take that back."""

    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText(Edit):
    """Give the bead another English text; empty: none."""

    text: str
    origin: Origin = field(default=Origin.HUMAN, repr=False)
    """Whose text it is where the person took one that was offered, as it is: the machine's or a memory's. (No part of
    `Edit.digest`, nor is `maker`: edits that were taken before are known again.)"""
    maker: str = field(default="", repr=False)
    """The package that made a text of the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNote(Edit):
    """Write a remark; empty: remove it."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Edit):
    """Take over what a file says of the bead: a text, a status, a remark. It is judged three ways (`authorship`)."""

    said: tuple[Incoming, ...]
    """What the file says; more than one where it has the bead's source text more than once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Edit):
    """Make one bead of it and the bead that follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Edit):
    """Cut it in two; the first part keeps so many segments of each side."""

    source: int
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Edit):
    """Give its first segment to the previous bead, or its last one to the next."""

    side: End
    to: Neighbour


def parse_edit(value: object) -> Edit:
    """Read one edit from JSON; InputError for anything that is not one.

    >>> parse_edit({"op": "note", "bead": "3.2", "note": "?", "before": {"target": "Yes.", "status": "draft"}}).note
    '?'
    """
    # edits come from a browser or a file that anybody may have written: nothing is taken on trust
    fields = _Fields(value, "an edit")
    op = fields.text("op", 20)
    before = _Fields(fields.value("before"), "before")
    common: dict[str, Any] = {
        "bead": fields.text("bead", 100),
        "before": Before(
            # a bead that was merged over and over may have a long text
            before.text("target", 50 * LIMIT),
            before.choice("status", Status),
            # Pages of earlier versions do not send these two.
            *(before.text(name, 1000) if name in before.names else "" for name in ("written", "maker")),
        ),
        "at": fields.text("at", 40) if "at" in fields.names else "",
    }
    try:
        if common["at"]:
            _in_utc(common["at"])
    except (ValueError, OverflowError) as error:
        raise InputError("'at' of an edit must be a time as in 2026-01-31T12:00:00Z") from error
    match op:
        case "status":
            status = fields.choice("status", Status)
            if status is Status.EDITED:
                raise InputError("'edited' comes from an edit of the text and cannot be set")
            edit: Edit = SetStatus(**common, status=status)
        case "text":
            # A claim can only take credit from the person: `human` is what is said of no text that was offered.
            origin = fields.choice("origin", Origin) if "origin" in fields.names else Origin.HUMAN
            maker = _clean(fields.text("maker", 1000)) if "maker" in fields.names else ""
            edit = SetText(**common, text=_clean(fields.text("text", LIMIT)), origin=origin, maker=maker)
        case "note":
            edit = SetNote(**common, note=_clean(fields.text("note", LIMIT)))
        case "merge":
            edit = Merge(**common)
        case "split":
            edit = Split(**common, source=fields.count("source"), target=fields.count("target"))
        case "move":
            edit = Move(**common, side=fields.choice("side", End), to=fields.choice("to", Neighbour))
        case _:
            raise InputError("there is no such kind of edit", where=repr(op))
    return edit


class _Fields:
    """The members of a JSON object, each checked as it is taken."""

    def __init__(self, value: object, what: str) -> None:
        if not isinstance(value, dict):
            raise InputError(f"{what} must be a JSON object")
        self.names, self.what = value, what

    def value(self, name: str) -> object:
        """A member of any kind."""
        if name not in self.names:
            raise InputError(f"{self.what} lacks '{name}'")
        return self.names[name]

    def text(self, name: str, limit: int) -> str:
        """A string of so many characters at most."""
        value = self.value(name)
        if not isinstance(value, str) or len(value) > limit:
            raise InputError(f"'{name}' of {self.what} must be a text of at most {limit:,} characters")
        return value

    def count(self, name: str) -> int:
        """A whole number, not negative."""
        value = self.value(name)
        # JSON's true would count as 1.
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise InputError(f"'{name}' of {self.what} must be a number of segments")
        return value

    def choice(self, name: str, choices: type[_Choice]) -> _Choice:
        """One of the names of an enumeration."""
        value = self.value(name)
        if value not in list(choices):
            raise InputError(f"'{name}' of {self.what} must be one of {', '.join(choices)}")
        return choices(str(value))


def _clean(text: str) -> str:
    """A text that any file can hold: no control characters, no byte order marks inside, plain line ends."""
    # refused, not dropped: a text that is stored is the text that was sent
    if _CONTROL.search(text):
        raise InputError("the text has characters that no text file can hold")
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _in_utc(text: str) -> str:
    moment = datetime.datetime.fromisoformat(text)
    # a time without a zone counts as UTC: local times of two people cannot be compared
    moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
