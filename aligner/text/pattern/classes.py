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
# \e is not in Python's dialect, and \v means all vertical space in Java, so none of these is left to `re`.
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "a": 7, "e": 27}
# The code of a character as Java (\uhhhh, \x{h}, \0n) and ICU (\u{h}, \Uhhhhhhhh) write it.
_CODE = re.compile(
    r"""
    u([0-9A-Fa-f]{4}) | u\{([0-9A-Fa-f]{1,6})\} |
    x([0-9A-Fa-f]{2}) | x\{([0-9A-Fa-f]{1,6})\} |
    U([0-9A-Fa-f]{8}) | 0([0-7]{1,3})
    """,
    re.VERBOSE,
)
_OCTAL = 6
_PROPERTY = re.compile(r"\{\s*(\^?)([A-Za-z_ =]+)\s*\}|([A-Z])")
_POSIX = re.compile(r"\[:(\^?)([A-Za-z_]+):\]")


def bracketed(reader: Reader) -> CharacterSet:
    """A class, from behind its opening bracket to behind its closing one."""
    negated, parts = reader.accept("^"), list[list[CharacterSet]]([[]])
    while not reader.at_end:
        # A bracket that closes nothing yet is a member: ``[]a]`` is "]" or "a".
        if reader.peek() == "]" and parts != [[]]:
            break
        if reader.accept("&&"):
            parts.append([])
        else:
            parts[-1].append(_item(reader))
    if not reader.accept("]"):
        raise UntranslatableError("a character class without its closing bracket")
    members = characters.union(*parts[0])
    for part in parts[1:]:
        members = characters.intersection(members, characters.union(*part))
    return characters.complement(members) if negated else members


def _item(reader: Reader) -> CharacterSet:
    if named := reader.match(_POSIX):
        return _property(named[2], negated=bool(named[1]), unicode=True)
    character = reader.next()
    if character == "[":
        return bracketed(reader)
    low = escaped(reader) if character == "\\" else characters.of(character)
    # A hyphen at the end, or before a nested class, is only a hyphen.
    if reader.peek() != "-" or reader.peek(2) in ("-]", "-[", "-"):
        return low
    reader.next()
    high = escaped(reader) if reader.accept("\\") else characters.of(reader.next())
    # Both ends must be one character: ``[\s-z]`` means something else in every dialect.
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
    r"""What ``\s``, ``\D``, ``\h`` and the like stand for; any other sign stands for itself."""
    match letter.lower():
        case "s":
            members = characters.named("whitespace", unicode=True) if unicode else characters.of(" \t\n\x0b\f\r")
        case "d":
            members = characters.category("Nd") if unicode else characters.spans("09")
        case "w":
            families = [characters.category(name) for name in ("L", "M", "Nd", "Pc")]
            members = characters.union(*families) if unicode else characters.spans("azAZ09__")
        case other:
            members = {"h": _HORIZONTAL, "v": VERTICAL}.get(other)
    # Java refuses escaped letters that mean nothing, too: they are kept for later versions.
    if letter.isascii() and letter.isalnum() and members is None:
        what = "back-reference" if letter.isdigit() else "escape"
        raise UntranslatableError(f"the {what} \\{letter} has no counterpart here")
    if members is None or not letter.isascii():
        return characters.of(letter)
    return characters.complement(members) if letter.isupper() else members


def _property(name: str, *, negated: bool, unicode: bool) -> CharacterSet:
    members = characters.named(name.strip(), unicode=unicode)
    if members is None:
        raise UntranslatableError(f"the property {name.strip()!r} is not known here")
    return characters.complement(members) if negated else members
