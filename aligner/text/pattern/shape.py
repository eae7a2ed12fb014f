r"""What can be said and simplified about an expression without running it.

`trimmed` uses that a rule only asks *whether* some text matches, never how long it is: a repetition at the far end
need not run on. ``[.?!]+`` before a break asks the same as ``[.?!]``, and leading ``.*`` asks nothing. This is what
keeps rules of the usual shapes linear.

`may_explode` finds repetitions inside repetitions that can share out the same text in exponentially many ways, such
as ``(\w+\s?)+``: a backtracking matcher may not come back from them.
"""

from __future__ import annotations

from dataclasses import replace

from aligner.text.pattern.characters import CharacterSet, intersection, union
from aligner.text.pattern.nodes import EMPTY, Atomic, Characters, Choice, Edge, Look, Mode, Node, Repeat, Sequence


def trimmed(node: Node, *, at_end: bool) -> Node:
    """The expression without what its far end (the end, or the start) may match but need not."""
    match node:
        # At the start a possessive repetition decides what is left for the rest.
        case Repeat(mode=Mode.POSSESSIVE) if not at_end:
            return node
        case Repeat(item, low, _, _):
            return trimmed(Sequence((item,) * low), at_end=at_end) if low <= 1 else replace(node, high=low)
        case Choice(options):
            return Choice(tuple(trimmed(option, at_end=at_end) for option in options))
        case Sequence(items) if items:
            last = trimmed(items[-1 if at_end else 0], at_end=at_end)
            rest = items[:-1] if at_end else items[1:]
            if last == EMPTY:
                return trimmed(Sequence(rest), at_end=at_end)
            return Sequence((*rest, last) if at_end else (last, *rest))
    return node


def factored(node: Node, *, at_end: bool) -> Node:
    """The expression with options that end (or begin) alike merged: ``Mr|Dr|Jr`` becomes ``(?:M|D|J)r``.

    Only whether it matches stays the same, not which option is tried first: nothing for atomic groups.
    """
    match node:
        case Choice(options):
            return _merged([factored(option, at_end=at_end) for option in options], at_end=at_end)
        case Sequence(items):
            return Sequence(tuple(factored(item, at_end=at_end) for item in items))
        case Repeat(item):
            return replace(node, item=factored(item, at_end=at_end))
    return node


def _merged(options: list[Node], *, at_end: bool) -> Node:
    """One expression for several options, those with the same edge taken together."""
    plain: list[Node] = []
    for option in options:
        items = option.items if isinstance(option, Sequence) else (option,)
        rest = items[:-1] if at_end else items[1:]
        match items[-1 if at_end else 0] if items else EMPTY:
            # ``Mrs?`` as ``Mr`` and ``Mrs``, so that both merge with their like.
            case Repeat(Characters() as item, 0, 1):
                plain += [Sequence(rest), Sequence((*rest, item) if at_end else (item, *rest))]
            case _:
                plain.append(option)
    by_edge: dict[Node, list[Node]] = {}
    for option in dict.fromkeys(plain):
        items = option.items if isinstance(option, Sequence) else (option,)
        edge = items[-1 if at_end else 0] if items else EMPTY
        by_edge.setdefault(edge, []).append(Sequence(items[:-1] if at_end else items[1:]))
    merged: list[Node] = []
    for edge, rests in by_edge.items():
        remainder = rests[0] if len(rests) == 1 or edge == EMPTY else _merged(rests, at_end=at_end)
        # An option that is the edge alone needs nothing before it.
        merged.append(edge if remainder == EMPTY else Sequence((remainder, edge) if at_end else (edge, remainder)))
    return merged[0] if len(merged) == 1 else Choice(tuple(merged))


def relaxed(node: Node) -> Node:
    """The expression with possessive repetitions of one character made greedy where that means the same.

    It does at the end, and before something that cannot begin with that character.
    """
    match node:
        case Repeat(Characters(), _, _, Mode.POSSESSIVE):
            return replace(node, mode=Mode.GREEDY)
        case Choice(options):
            return Choice(tuple(map(relaxed, options)))
        case Sequence(items):
            kept = []
            for n, item in enumerate(items):
                rest = Sequence(items[n + 1 :])
                # If what follows can begin with the item's last character, a greedy one would give that back.
                overlaps = _nullable(rest) or intersection(_edge(item, at_end=True), _edge(rest, at_end=False))
                kept.append(item if rest != EMPTY and overlaps else relaxed(item))
            return Sequence(tuple(kept))
    return node


def is_reversible(node: Node) -> bool:
    """Whether the mirrored expression means the same: nothing in it depends on the order of trying."""
    match node:
        case Atomic():
            return False
        case Repeat(item, _, _, mode):
            return mode is not Mode.POSSESSIVE and is_reversible(item)
        case Look(item):
            return is_reversible(item)
        case Sequence(parts) | Choice(parts):
            return all(map(is_reversible, parts))
    return True


def may_explode(node: Node) -> bool:
    """Whether some text could be matched in exponentially many ways, as far as first and last characters tell."""
    match node:
        case Repeat(item, _, high, mode):
            # Eight rounds at most are two hundred and fifty ways: slow, not endless.
            risky = (high is None or high > 8) and mode is not Mode.POSSESSIVE
            return may_explode(item) or (risky and _ambiguous(item))
        case Look(item) | Atomic(item):
            return may_explode(item)
        case Sequence(parts) | Choice(parts):
            return any(map(may_explode, parts))
    return False


def edge_characters(node: Node, *, at_end: bool) -> CharacterSet | None:
    """The characters a match can begin (or end) with; None when it can also be empty.

    Case variants are not counted in where case is ignored.
    """
    return None if _nullable(node) else _edge(node, at_end=at_end)


def ignores_case(node: Node) -> bool:
    """Whether any character of the expression is matched without regard to case."""
    match node:
        case Characters(_, ignore_case):
            return ignore_case
        case Repeat(item) | Look(item) | Atomic(item):
            return ignores_case(item)
        case Sequence(parts) | Choice(parts):
            return any(map(ignores_case, parts))
    return False


def _ambiguous(body: Node) -> bool:
    """Whether a repeated body can end in an open repetition of characters with which it can also begin again."""
    # Two options that begin alike, ``(a|ab)+``, are two ways already.
    if isinstance(body, Choice):
        seen: CharacterSet = ()
        for option in body.options:
            if intersection(seen, _edge(option, at_end=False)):
                return True
            seen = union(seen, _edge(option, at_end=False))
    return bool(intersection(_open_ends(body), _edge(body, at_end=False)))


def _edge(node: Node, *, at_end: bool) -> CharacterSet:
    """The characters a non-empty match can begin (or end) with."""
    match node:
        case Characters(members):
            return members
        case Repeat(item) | Atomic(item):
            return _edge(item, at_end=at_end)
        case Choice(options):
            return union(*(_edge(option, at_end=at_end) for option in options))
        case Sequence(items):
            found: CharacterSet = ()
            for item in reversed(items) if at_end else items:
                found = union(found, _edge(item, at_end=at_end))
                if not _nullable(item):
                    break
            return found
    return ()


def _open_ends(node: Node) -> CharacterSet:
    """The characters of repetitions without limit at which a match can end."""
    match node:
        case Repeat(item, _, high, mode):
            endless = high is None and mode is not Mode.POSSESSIVE
            return union(_edge(item, at_end=False) if endless else (), _open_ends(item))
        case Choice(options):
            return union(*map(_open_ends, options))
        case Sequence(items):
            found: CharacterSet = ()
            for item in reversed(items):
                found = union(found, _open_ends(item))
                if not _nullable(item):
                    break
            return found
    return ()


def _nullable(node: Node) -> bool:
    match node:
        case Characters():
            return False
        case Repeat(item, low):
            return low == 0 or _nullable(item)
        case Atomic(item):
            return _nullable(item)
        case Sequence(items):
            return all(map(_nullable, items))
        case Choice(options):
            return any(map(_nullable, options))
        case Edge() | Look():
            return True
