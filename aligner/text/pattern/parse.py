r"""Read a regular expression in the dialect of SRX files (Java, ICU) into a tree.

`parse` walks the expression once, one method a construct: choice, sequence, quantified item, atom, group. What stands
for one character is read by `classes`. What Java and ICU mean differently is decided by `unicode` (as if the
expression began with ``(?U)``): whether ``\s``, ``\w``, ``\d`` reach beyond ASCII.

Sources: java.util.regex.Pattern (Java SE 17); ICU User Guide, "Regular Expressions".
"""

from __future__ import annotations

import re
from dataclasses import replace

from aligner.text.pattern import characters
from aligner.text.pattern.characters import CharacterSet
from aligner.text.pattern.classes import VERTICAL, bracketed, escaped
from aligner.text.pattern.nodes import EMPTY, Atomic, Characters, Choice, Edge, Look, Mode, Node, Repeat, Sequence
from aligner.text.pattern.reader import Flags, Reader, UntranslatableError

_EDGES = {
    "b": Edge.WORD_BOUNDARY, "B": Edge.NO_WORD_BOUNDARY, "A": Edge.TEXT_START, "z": Edge.TEXT_END,
    "Z": Edge.LAST_LINE_END,
}  # fmt: skip
_LOOKS = {"?=": (True, False), "?!": (True, True), "?<=": (False, False), "?<!": (False, True)}
_FLAGS = {"i": "ignore_case", "m": "multiline", "s": "dot_all", "x": "comments", "U": "unicode", "w": "unicode"}
_WITHOUT_EFFECT = "ud"
_SIMPLE: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})([+?]?)")
_GROUP = re.compile(r"\?<=|\?<!|\?=|\?!|\?:|\?>|\?P?<[A-Za-z][A-Za-z0-9]*>|\?([a-zA-Z]*(?:-[a-zA-Z]+)?)([:)])")
_COMMENT = re.compile(r"\s+|#[^\n]*")
_QUOTED = re.compile(r"(?<!\\)((?:\\\\)*)\\Q(.*?)(?:\\E|\Z)", re.DOTALL)
_DEEPEST = 50


def parse(expression: str, *, unicode: bool = False) -> Node:
    """Read an expression; UntranslatableError when it is broken or has no counterpart here."""

    def escapes(match: re.Match[str]) -> str:
        return match[1] + "".join(c if c.isalnum() or c == "_" else "\\" + c for c in match[2])

    # Quotations first, as Java does: what is inside them is in no group and no class.
    reader = Reader(_QUOTED.sub(escapes, expression), Flags(unicode=unicode))
    node = _Parser(reader).choice()
    if not reader.at_end:
        raise UntranslatableError("a closing parenthesis without its opening one")
    return node


class _Parser:
    def __init__(self, reader: Reader) -> None:
        self.reader, self.depth = reader, 0

    def choice(self) -> Node:
        options = [self.sequence()]
        while self.reader.accept("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Node:
        items: list[Node] = []
        while not self.reader.at_end and self.reader.peek() not in "|)":
            if self.reader.flags.comments and self.reader.match(_COMMENT):
                continue
            item = self.quantified(self.atom())
            if item != EMPTY:
                items.append(item)
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def quantified(self, item: Node) -> Node:
        while found := self.reader.match(_QUANTIFIER):
            simple, least, comma, most, mode = found.groups()
            low, high = _SIMPLE[simple] if simple else (int(least), int(most) if most else None)
            if not (simple or comma):
                high = low
            if high is not None and high < low:
                raise UntranslatableError(f"the repetition {found[0]} ends below its start")
            if item != EMPTY:
                item = Repeat(item, low, high, Mode(mode))
        return item

    def atom(self) -> Node:
        character = self.reader.next()
        if character == "(":
            return self.group()
        if character == "\\":
            return self.escape()
        if character in "*+?":
            raise UntranslatableError(f"the quantifier {character!r} follows nothing")
        flags = self.reader.flags
        if character == "^":
            return Edge.LINE_START if flags.multiline else Edge.TEXT_START
        if character == "$":
            return Edge.LINE_END if flags.multiline else Edge.LAST_LINE_END
        members = bracketed(self.reader) if character == "[" else characters.of(character)
        if character == ".":
            members = characters.EVERYTHING if flags.dot_all else characters.complement(VERTICAL)
        return self.one_of(members)

    def escape(self) -> Node:
        letter = self.reader.peek()
        if letter in _EDGES and self.reader.peek(2) != "b{":
            self.reader.next()
            return _EDGES[letter]
        if self.reader.accept("R"):
            pair = Sequence((self.one_of(characters.of("\r")), self.one_of(characters.of("\n"))))
            return Choice((pair, self.one_of(VERTICAL)))
        return self.one_of(escaped(self.reader))

    def group(self) -> Node:
        outer, head = self.reader.flags, self.reader.match(_GROUP)
        if head is None and self.reader.peek() == "?":
            raise UntranslatableError(f"the group ({self.reader.peek(3)}… is not known here")
        if head and head[2]:
            self.set_flags(head[1])
            if head[2] == ")":
                return EMPTY
        # The depth is limited because every level is a call, here and whenever the tree is walked.
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UntranslatableError(f"groups nested more than {_DEEPEST} deep")
        inner = self.choice()
        if not self.reader.accept(")"):
            raise UntranslatableError("an opening parenthesis without its closing one")
        self.depth -= 1
        # What is switched on inside a group ends with it; ``(?i)`` alone lasts to the end of the outer one.
        self.reader.flags = outer
        if head and head[0] in _LOOKS:
            return Look(inner, *_LOOKS[head[0]])
        return Atomic(inner) if head and head[0] == "?>" else inner

    def set_flags(self, letters: str) -> None:
        on, _, off = letters.partition("-")
        for value, names in ((True, on), (False, off)):
            for letter in names:
                if letter not in _FLAGS and letter not in _WITHOUT_EFFECT:
                    raise UntranslatableError(f"the flag (?{letter}) is not known here")
                if letter in _FLAGS:
                    self.reader.flags = replace(self.reader.flags, **{_FLAGS[letter]: value})

    def one_of(self, members: CharacterSet) -> Characters:
        return Characters(members, self.reader.flags.ignore_case)
