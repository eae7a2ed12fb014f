r"""Write the tree of an expression for Python's `re`, forwards or backwards.

Backwards is the point: read from right to left, "some text that matches ``beforebreak`` ends here" becomes "the
mirrored expression matches *from* here on", a question `re` answers directly, with no look-behind and no limit on
width. So the writer mirrors sequences, swaps the ends of the text, and turns look-ahead into look-behind and back.

Python's look-behind needs a fixed width; `_of_fixed_width` spells a bounded one as several.
"""

from __future__ import annotations

from functools import cache
from itertools import product

from aligner.text.pattern.characters import EVERYTHING, CharacterSet
from aligner.text.pattern.nodes import Atomic, Characters, Choice, Edge, Look, Mode, Node, Repeat, Sequence
from aligner.text.pattern.reader import UntranslatableError
from aligner.text.pattern.shape import factored, is_reversible, relaxed, trimmed

_BREAK = r"[\n\r\x85\u2028\u2029]"
# A carriage return and a line feed are one line break: between the two no line begins or ends.
_LINE_START = r"(?:\A|(?<=[\n\x85\u2028\u2029])|(?<=\r)(?!\n))"
_LINE_END = r"(?:\Z|(?=[\r\x85\u2028\u2029])|(?<!\r)(?=\n))"
_FORWARDS = {
    Edge.TEXT_START: r"\A",
    Edge.TEXT_END: r"\Z",
    Edge.LAST_LINE_END: rf"(?=(?:\r\n|{_BREAK})?\Z)",
    Edge.LINE_START: _LINE_START,
    Edge.LINE_END: _LINE_END,
    Edge.WORD_BOUNDARY: r"\b",
    Edge.NO_WORD_BOUNDARY: r"\B",
}
# The reversed text has its line breaks reversed, too: "\n\r" is what was "\r\n".
_BACKWARDS = {
    **_FORWARDS,
    Edge.TEXT_START: r"\Z",
    Edge.TEXT_END: r"\A",
    Edge.LAST_LINE_END: rf"(?:\A|(?<=\A{_BREAK})|(?<=\A\n\r))",
    Edge.LINE_START: r"(?:\Z|(?=[\n\x85\u2028\u2029])|(?<!\n)(?=\r))",
    Edge.LINE_END: r"(?:\A|(?<=[\r\x85\u2028\u2029])|(?<=\n)(?!\r))",
}
# Every variant is a look-behind of its own, tried at every position: rule files need a handful.
_MOST_VARIANTS = 200


def forwards(node: Node) -> str:
    """The expression for `re`, to be matched at the place where it begins."""
    simplest = trimmed(node, at_end=True)
    # Options are merged only where nothing depends on the order of trying, which merging changes.
    return _written(factored(simplest, at_end=False) if is_reversible(simplest) else simplest, backwards=False)


def backwards(node: Node) -> str:
    """The mirrored expression, to be matched in the reversed text at the place where the original ends.

    UntranslatableError when the tree cannot be mirrored (`is_reversible`).
    """
    simplest = trimmed(relaxed(node), at_end=False)
    if not is_reversible(simplest):
        raise UntranslatableError("a possessive or atomic part cannot be read backwards")
    return _written(factored(simplest, at_end=True), backwards=True)


def _written(node: Node, *, backwards: bool) -> str:
    match node:
        case Characters(members, ignore_case):
            return f"(?i:{character_class(members)})" if ignore_case else character_class(members)
        case Sequence(items):
            ordered = reversed(items) if backwards else items
            return "".join(_written(item, backwards=backwards) for item in ordered)
        case Choice(options):
            return f"(?:{'|'.join(_written(option, backwards=backwards) for option in options)})"
        case Repeat(item, low, high, mode):
            times = f"{{{low},{'' if high is None else high}}}"
            return f"(?:{_written(item, backwards=backwards)}){times}{mode.value}"
        case Atomic(item):
            return f"(?>{_written(item, backwards=backwards)})"
        case Look() | Edge():
            return _condition(node, backwards=backwards)


def _condition(look: Look | Edge, *, backwards: bool) -> str:
    """A condition on what follows is, read backwards, one on what precedes."""
    if isinstance(look, Edge):
        return (_BACKWARDS if backwards else _FORWARDS)[look]
    item = trimmed(look.item, at_end=look.ahead)
    if look.ahead != backwards:
        return f"(?{'!' if look.negative else '='}{_written(item, backwards=backwards)})"
    # None of the widths may match, or any of them must.
    parts = [_written(variant, backwards=backwards) for variant in _of_fixed_width(item)]
    if look.negative:
        return "".join(f"(?<!{part})" for part in parts)
    return f"(?:{'|'.join(f'(?<={part})' for part in parts)})"


def _of_fixed_width(node: Node) -> tuple[Node, ...]:
    """Expressions of fixed width that together match the same, or UntranslatableError."""
    variants: list[Node] = []
    match node:
        case Sequence(items):
            for combination in product(*map(_of_fixed_width, items)):
                variants.append(Sequence(combination))
                _refuse_many(variants)
        case Choice(options):
            variants = [variant for option in options for variant in _of_fixed_width(option)]
        case Repeat(item, low, high, mode):
            if high is None or mode is Mode.POSSESSIVE:
                raise UntranslatableError("a look-behind without a fixed greatest width")
            for count in range(low, high + 1):
                variants += _of_fixed_width(Sequence((item,) * count))
                _refuse_many(variants)
        case Atomic(item) if len(_of_fixed_width(item)) > 1:
            raise UntranslatableError("an atomic group in a look-behind")
        case _:
            variants = [node]
    _refuse_many(variants)
    return tuple(variants)


def _refuse_many(variants: list[Node]) -> None:
    if len(variants) > _MOST_VARIANTS:
        raise UntranslatableError("a look-behind of too many different widths")


@cache
def character_class(members: CharacterSet) -> str:
    """A set of characters for `re`."""
    if members == EVERYTHING:
        return r"[\s\S]"
    if not members:
        return "(?!)"
    ends = [(low,) if low == high else (low, high) for low, high in members]
    # Letters as they are, so that an expression can be read in a debugger; all else in digits, so that nothing in it
    # can mean something in a class.
    spelled = (
        "-".join(chr(code) if chr(code).isalnum() and code < 0x250 else f"\\U{code:08x}" for code in span)
        for span in ends
    )
    return f"[{''.join(spelled)}]"


def whole(node: Node) -> str:
    """The expression for `re` as it stands, for matching a whole string."""
    return _written(node, backwards=False)
