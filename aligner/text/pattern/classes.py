r"""Read what stands for one character: escapes (``\s``, ``\p{Lu}``, ``\u00A0``) and classes in brackets.

Classes know unions, ranges, nesting, ``&&`` (both sets) and POSIX names; what comes out is always a plain
`CharacterSet`. Start reading at `bracketed` and `escaped`.
"""

from __future__ import annotations

import re

from aligner.text.pattern import characters
from aligner.text.pattern.characters import CharacterSet
from aligner.text.pattern.reader import Reader, UntranslatableError

VERTICAL = characters.of("\n\x0b\f\r\x85\u2028\u2029")
_HORIZONTAL = characters.of("\t \u00a0\u1680\u180e\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "a": 7, "e": 27}
_CODE = re.compile(
    r"u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]{1,6})\}"
    r"|U([0-9A-Fa-f]{8})|0([0-7]{1,3})"
)
_OCTAL = 6
_PROPERTY = re.compile(r"\{\s*(\^?)([A-Za-z_ =]+)\s*\}|([A-Z])")
_POSIX = re.compile(r"\[:(\^?)([A-Za-z_]+):\]")


def bracketed(reader: Reader) -> CharacterSet:
    """A class, from behind its opening bracket to behind its closing one."""
    negated, members = reader.accept("^"), _part(reader, first=True)
    while reader.accept("&&"):
        members = characters.intersection(members, _part(reader, first=False))
    if not reader.accept("]"):
        raise UntranslatableError("a character class without its closing bracket")
    return characters.complement(members) if negated else members


def _part(reader: Reader, *, first: bool) -> CharacterSet:
    found: list[CharacterSet] = []
    while not reader.at_end:
        if reader.peek(2) == "&&" or (reader.peek() == "]" and not (first and not found)):
            break
        found.append(_item(reader))
    return characters.union(*found)


def _item(reader: Reader) -> CharacterSet:
    if named := reader.match(_POSIX):
        return _property(named[2], negated=bool(named[1]), unicode=True)
    character = reader.next()
    if character == "[":
        return bracketed(reader)
    low = escaped(reader) if character == "\\" else characters.of(character)
    if reader.peek() != "-" or reader.peek(2) in ("-]", "-[", "-"):
        return low
    reader.next()
    high = escaped(reader) if reader.accept("\\") else characters.of(reader.next())
    if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or low[0][0] > high[0][0]:
        raise UntranslatableError("a range in a character class that is not from one character up to another")
    return ((low[0][0], high[0][0]),)


def escaped(reader: Reader) -> CharacterSet:
    """The set an escape stands for, inside a class or outside; the backslash has been read."""
    if found := reader.match(_CODE):
        code = next(int(digits, 8 if n == _OCTAL else 16) for n, digits in enumerate(found.groups(), 1) if digits)
        if code > characters.LAST:
            raise UntranslatableError(f"there is no character \\{found[0]}")
        return ((code, code),)
    letter = reader.next()
    if letter in "pP":
        name = reader.match(_PROPERTY)
        if name is None:
            raise UntranslatableError("\\p without a property's name in braces")
        return _property(name[2] or name[3], negated=(letter == "P") != bool(name[1]), unicode=reader.flags.unicode)
    if letter in _CONTROLS:
        return ((_CONTROLS[letter], _CONTROLS[letter]),)
    return _shorthand(letter, unicode=reader.flags.unicode)


def _shorthand(letter: str, *, unicode: bool) -> CharacterSet:
    members = _family(letter.lower(), unicode=unicode)
    if letter.isascii() and letter.isalnum() and members is None:
        what = "back-reference" if letter.isdigit() else "escape"
        raise UntranslatableError(f"the {what} \\{letter} has no counterpart here")
    if members is None or not letter.isascii():
        return characters.of(letter)
    return characters.complement(members) if letter.isupper() else members


def _family(letter: str, *, unicode: bool) -> CharacterSet | None:
    if letter == "s":
        return characters.named("whitespace", unicode=True) if unicode else characters.of(" \t\n\x0b\f\r")
    if letter == "d":
        return characters.category("Nd") if unicode else characters.spans("09")
    if letter == "w":
        families = [characters.category(name) for name in ("L", "M", "Nd", "Pc")]
        return characters.union(*families) if unicode else characters.spans("azAZ09__")
    return {"h": _HORIZONTAL, "v": VERTICAL}.get(letter)


def _property(name: str, *, negated: bool, unicode: bool) -> CharacterSet:
    members = characters.named(name.strip(), unicode=unicode)
    if members is None:
        raise UntranslatableError(f"the property {name.strip()!r} is not known here")
    return characters.complement(members) if negated else members
