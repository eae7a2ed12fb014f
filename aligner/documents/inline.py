"""Text inside an element of HTML or ODT, as pieces and back.

    <p>Le <b>grand <i>chat</i></b><img/>.</p>  ──collect──▶  Le · grand (b) · chat (b i) · (img) · .

A piece's `own` is the chain of elements around it, outermost first, or the element itself where it is no text. Put
back, neighbours that begin with the same elements share them. Start reading at `collect` and `rebuild`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from aligner.documents.layout import Piece, TextLook
from aligner.formats.xml.markup import xml_text
from aligner.formats.xml.read import attributes

Element: TypeAlias = etree._Element


@dataclass(frozen=True, slots=True)
class Chain:
    """The inline elements around a piece, outermost first; equal only to itself element by element."""

    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptElement:
    """An element that is no text, to be kept."""

    chain: Chain
    element: Element


@dataclass(frozen=True, slots=True)
class Rules:
    """What a format's inline elements mean."""

    look: Callable[[Element, TextLook], TextLook]
    """The look inside an element, given that outside."""
    text_of: Callable[[Element], str | None]
    """The text that an element stands for (a line end, a tab); None when it is no such element."""
    is_thing: Callable[[Element], bool]
    """Whether an element is kept as it is, with all that is in it."""
    is_dropped: Callable[[Element], bool] = field(default=lambda _: False)
    """Whether an element, with all that is in it, means nothing for the text."""


def collect(element: Element, rules: Rules, look: TextLook, chain: Chain = Chain()) -> Iterator[Piece]:
    """The pieces of the content of an element."""
    if element.text:
        yield Piece(element.text, look, chain)
    for child in element:
        if not isinstance(child.tag, str) or rules.is_dropped(child):
            pass
        elif (text := rules.text_of(child)) is not None:
            yield Piece(text, look, KeptElement(chain, child))
        elif rules.is_thing(child):
            yield Piece("", look, KeptElement(chain, child))
        else:
            yield from collect(child, rules, rules.look(child, look), Chain((*chain.elements, child)))
        if child.tail:
            yield Piece(child.tail, look, chain)


def collapsed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces with white space as XML's readers show it: one space for many, none at the ends and beside line ends."""
    made: list[Piece] = []
    space = True
    for piece in pieces:
        if piece.text == "\n" and isinstance(piece.own, KeptElement):
            if made and made[-1].text.endswith(" "):
                made[-1] = Piece(made[-1].text[:-1], made[-1].look, made[-1].own)
            made.append(piece)
            space = True
            continue
        text, blank = [], space
        for character in piece.text:
            if character in " \t\n\r\f":
                if not blank:
                    text.append(" ")
                blank = True
            else:
                text.append(character)
                blank = False
        space = blank if piece.text else space
        if text or not piece.text:
            made.append(Piece("".join(text), piece.look, piece.own))
    for at in range(len(made) - 1, -1, -1):
        if made[at].text:
            made[at] = Piece(made[at].text.rstrip(" "), made[at].look, made[at].own)
            break
    return tuple(piece for piece in made if piece.text or isinstance(piece.own, KeptElement))


def rebuild(element: Element, pieces: Sequence[Piece], text_into: Callable[[Element, str], None]) -> None:
    """Replace the content of an element by pieces; `text_into` adds text behind what an element has."""
    # copied before anything is removed: what the pieces hold is inside the element
    kept = [(piece, _copied(piece.own)) for piece in pieces]
    element.text = None
    for child in list(element):
        element.remove(child)
    stack: list[tuple[Element, Element]] = []  # what stands open: the element that is copied, and its copy
    for piece, thing in kept:
        chain = piece.own.chain if isinstance(piece.own, KeptElement) else piece.own
        wanted = chain.elements if isinstance(chain, Chain) else ()
        # neighbours share the elements that they begin with, as long as these are the same ones and not only alike
        same = 0
        while same < min(len(stack), len(wanted)) and stack[same][0] is wanted[same]:
            same += 1
        del stack[same:]
        for outer in wanted[same:]:
            made = _like(outer, stack[-1][1] if stack else element)
            stack.append((outer, made))
        into = stack[-1][1] if stack else element
        if thing is not None:
            into.append(thing)
        elif piece.text:
            text_into(into, piece.text)


def _like(element: Element, parent: Element) -> Element:
    """A new element like another, in a parent; what XML cannot hold of a name is left out."""
    # lxml's reader of HTML takes names that its writer refuses
    try:
        made = etree.SubElement(parent, element.tag)
    except ValueError:
        made = etree.SubElement(parent, "span")
    for key, content in attributes(element).items():
        with suppress(ValueError):
            made.set(key, xml_text(content))
    return made


def _copied(own: object) -> Element | None:
    if not isinstance(own, KeptElement):
        return None
    # without the text behind it, which is a piece of its own
    made = copy.deepcopy(own.element)
    made.tail = None
    return made


def plain_text(into: Element, text: str) -> None:
    """Add text to the end of an element, without what XML cannot hold."""
    text = xml_text(text)
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text
