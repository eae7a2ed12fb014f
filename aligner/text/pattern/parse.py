r"""Read a regular expression in the dialect of SRX files (Java, ICU) into a tree.

`parse` walks the expression once, one method a construct: choice, sequence, quantified item, atom. Classes have their
own little grammar (`_class`), with unions, ranges, nesting and ``&&``. What Java and ICU mean differently is decided by
`unicode` (as if the expression began with ``(?U)``): whether ``\s``, ``\w``, ``\d`` reach beyond ASCII.

Sources: java.util.regex.Pattern (Java SE 17), ICU User Guide, "Regular Expressions".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aligner.text.pattern import characters
from aligner.text.pattern.characters import CharacterSet
from aligner.text.pattern.nodes import EMPTY, Atomic, Characters, Choice, Edge, Look, Mode, Node, Repeat, Sequence

_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "a": 7, "e": 27}
_EDGES = {
    "b": Edge.WORD_BOUNDARY, "B": Edge.NO_WORD_BOUNDARY, "A": Edge.TEXT_START, "z": Edge.TEXT_END,
    "Z": Edge.LAST_LINE_END,
}  # fmt: skip
_LOOKS = {"?=": (True, False), "?!": (True, True), "?<=": (False, False), "?<!": (False, True)}
_HORIZONTAL = characters.of("\t \u00a0\u1680\u180e\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
_VERTICAL = characters.of("\n\x0b\f\r\x85\u2028\u2029")
_LINE_BREAKS = characters.of("\n\x0b\f\r\x85\u2028\u2029")
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})([+?]?)")
_HEXADECIMAL = re.compile(r"u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]{1,6})\}"
                          r"|U([0-9A-Fa-f]{8})|0([0-7]{1,3})")  # fmt: skip
_GROUP = re.compile(r"\?<=|\?<!|\?=|\?!|\?:|\?>|\?P?<[A-Za-z][A-Za-z0-9]*>|\?([a-zA-Z]*(?:-[a-zA-Z]+)?)([:)])")


class UntranslatableError(ValueError):
    """The expression is broken, or uses something that has no counterpart here; the text says what."""


@dataclass(frozen=True, slots=True)
class Flags:
    """The inline flags in force: ``(?i)``, ``(?m)``, ``(?s)``, ``(?x)``, ``(?U)``."""

    ignore_case: bool = False
    multiline: bool = False
    dot_all: bool = True
    comments: bool = False
    unicode: bool = False


_FLAG_NAMES = {"i": "ignore_case", "m": "multiline", "s": "dot_all", "x": "comments", "U": "unicode", "w": "unicode"}


def parse(expression: str, *, unicode: bool = False) -> Node:
    """Read an expression; UntranslatableError when it is broken or has no counterpart.

    As in OmegaT the dot matches line breaks too (a paragraph rarely holds one).
    """
    parser = _Parser(_unquoted(expression), Flags(unicode=unicode))
    node = parser.choice()
    if parser.position < len(parser.text):
        raise UntranslatableError("a closing parenthesis without its opening one")
    return node


def _unquoted(expression: str) -> str:
    r"""Spell ``\Q…\E`` as single escapes."""

    def escape(match: re.Match[str]) -> str:
        return "".join(c if c.isalnum() or c == "_" else "\\" + c for c in match[2])

    return re.sub(r"(?<!\\)((?:\\\\)*)\\Q(.*?)(?:\\E|\Z)", lambda m: m[1] + escape(m), expression, flags=re.S)


class _Parser:
    def __init__(self, text: str, flags: Flags) -> None:
        self.text, self.flags, self.position = text, flags, 0

    def choice(self) -> Node:
        options = [self.sequence()]
        while self._accept("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Node:
        items: list[Node] = []
        while self.position < len(self.text) and self._peek() not in "|)":
            if self.flags.comments and self._skip_comment():
                continue
            item = self._quantified(self._atom())
            if item != EMPTY:
                items.append(item)
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _quantified(self, item: Node) -> Node:
        while found := _QUANTIFIER.match(self.text, self.position):
            self.position = found.end()
            simple, low, comma, high, mode = found.groups()
            if simple:
                bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}[simple]
            else:
                bounds = (int(low), (int(high) if high else None) if comma else int(low))
            if bounds[1] is not None and bounds[1] < bounds[0]:
                raise UntranslatableError(f"the repetition {found[0]} ends below its start")
            if item != EMPTY:
                item = Repeat(item, *bounds, Mode(mode))
        return item

    def _atom(self) -> Node:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._characters(self._class())
        if character == "\\":
            return self._escape()
        if character == ".":
            return self._characters(
                characters.EVERYTHING if self.flags.dot_all else characters.complement(_LINE_BREAKS)
            )
        if character == "^":
            return Edge.LINE_START if self.flags.multiline else Edge.TEXT_START
        if character == "$":
            return Edge.LINE_END if self.flags.multiline else Edge.LAST_LINE_END
        if character in "*+?":
            raise UntranslatableError(f"the quantifier {character!r} follows nothing")
        return self._characters(characters.of(character))

    def _group(self) -> Node:
        outer, head = self.flags, _GROUP.match(self.text, self.position)
        if head is None and self._peek() == "?":
            raise UntranslatableError(f"the group ({self.text[self.position : self.position + 3]}… is not known here")
        if head:
            self.position = head.end()
            if head[2]:
                self._set_flags(head[1])
                if head[2] == ")":
                    return EMPTY
        inner = self.choice()
        if not self._accept(")"):
            raise UntranslatableError("an opening parenthesis without its closing one")
        self.flags = outer
        if head and head[0] in _LOOKS:
            return Look(inner, *_LOOKS[head[0]])
        return Atomic(inner) if head and head[0] == "?>" else inner

    def _set_flags(self, letters: str) -> None:
        on, _, off = letters.partition("-")
        for value, names in ((True, on), (False, off)):
            for letter in names:
                if letter not in "imsxuUwd":
                    raise UntranslatableError(f"the flag (?{letter}) is not known here")
                if letter in _FLAG_NAMES:
                    self.flags = replace(self.flags, **{_FLAG_NAMES[letter]: value})

    def _escape(self) -> Node:
        letter = self._peek()
        if letter in _EDGES and not self.text.startswith("b{", self.position):
            self.position += 1
            return _EDGES[letter]
        if letter == "R":
            self.position += 1
            pair = Sequence((self._characters(characters.of("\r")), self._characters(characters.of("\n"))))
            return Choice((pair, self._characters(_VERTICAL)))
        return self._characters(self._escaped_set())

    def _escaped_set(self) -> CharacterSet:
        """The set an escape stands for, inside a class or outside; the position is behind the backslash."""
        if found := _HEXADECIMAL.match(self.text, self.position):
            self.position = found.end()
            code = next(int(g, 8 if n == 6 else 16) for n, g in enumerate(found.groups(), 1) if g)
            return ((code, code),)
        letter = self._next()
        if letter in "pP":
            return self._property(negated=letter == "P")
        if letter in _CONTROLS:
            return ((_CONTROLS[letter], _CONTROLS[letter]),)
        shorthand = self._shorthand(letter.lower())
        if letter.isascii() and letter.isalpha() and shorthand is not None:
            return characters.complement(shorthand) if letter.isupper() else shorthand
        if letter.isascii() and letter.isalnum():
            what = "back-reference" if letter.isdigit() else "escape"
            raise UntranslatableError(f"the {what} \\{letter} has no counterpart here")
        return characters.of(letter)

    def _shorthand(self, letter: str) -> CharacterSet | None:
        wide = self.flags.unicode
        if letter == "s":
            return characters.named("whitespace", unicode=True) if wide else characters.of(" \t\n\x0b\f\r")
        if letter == "d":
            return characters.category("Nd") if wide else characters.spans("09")
        if letter == "w":
            families = [characters.category(name) for name in ("L", "M", "Nd", "Pc")]
            return characters.union(*families) if wide else characters.spans("azAZ09__")
        return {"h": _HORIZONTAL, "v": _VERTICAL}.get(letter)

    def _property(self, *, negated: bool) -> CharacterSet:
        found = re.compile(r"\{\s*(\^?)([A-Za-z_ =]+)\s*\}|([A-Z])").match(self.text, self.position)
        if found is None:
            raise UntranslatableError("\\p without a property's name in braces")
        self.position = found.end()
        name = (found[2] or found[3]).strip()
        members = characters.named(name, unicode=self.flags.unicode)
        if members is None:
            raise UntranslatableError(f"the property \\p{{{name}}} is not known here")
        return characters.complement(members) if negated != bool(found[1]) else members

    def _class(self) -> CharacterSet:
        """A class, from behind its opening bracket to behind its closing one."""
        negated, members = self._accept("^"), self._class_part(first=True)
        while self._accept("&&"):
            members = characters.intersection(members, self._class_part(first=False))
        if not self._accept("]"):
            raise UntranslatableError("a character class without its closing bracket")
        return characters.complement(members) if negated else members

    def _class_part(self, *, first: bool) -> CharacterSet:
        found: list[CharacterSet] = []
        while self.position < len(self.text):
            if self.text.startswith("&&", self.position) or (self._peek() == "]" and not (first and not found)):
                break
            found.append(self._class_item())
        return characters.union(*found)

    def _class_item(self) -> CharacterSet:
        if named := re.compile(r"\[:(\^?)([A-Za-z_]+):\]").match(self.text, self.position):
            return self._posix(named)
        character = self._next()
        if character == "[":
            return self._class()
        low = self._escaped_set() if character == "\\" else characters.of(character)
        if self._peek() != "-" or self.text[self.position + 1 : self.position + 2] in ("]", "[", ""):
            return low
        self.position += 1
        high = self._escaped_set() if self._accept("\\") else characters.of(self._next())
        if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or low[0][0] > high[0][0]:
            raise UntranslatableError("a range in a character class that is not from one character up to another")
        return ((low[0][0], high[0][0]),)

    def _posix(self, found: re.Match[str]) -> CharacterSet:
        members = characters.named(found[2], unicode=True)
        if members is None:
            raise UntranslatableError(f"the class {found[0]} is not known here")
        self.position = found.end()
        return characters.complement(members) if found[1] else members

    def _characters(self, members: CharacterSet) -> Characters:
        return Characters(members, self.flags.ignore_case)

    def _skip_comment(self) -> bool:
        found = re.compile(r"\s+|#[^\n]*").match(self.text, self.position)
        self.position = found.end() if found else self.position
        return found is not None

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _next(self) -> str:
        if self.position >= len(self.text):
            raise UntranslatableError("the expression ends in the middle of a class or an escape")
        self.position += 1
        return self.text[self.position - 1]

    def _accept(self, literal: str) -> bool:
        if self.text.startswith(literal, self.position):
            self.position += len(literal)
            return True
        return False
