"""Read XML files piece by piece, without trusting them.

The parser sees no document type (`aligner.formats.xml.source`), resolves no entity and asks for nothing outside the
file. Start reading at `stream_elements`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import BinaryIO, cast

from lxml import etree

from aligner.errors import InputError
from aligner.formats.defects import Defect, Defects
from aligner.formats.xml.source import clean_chunks

XML = "{http://www.w3.org/XML/1998/namespace}"


def stream_elements(
    stream: BinaryIO,
    findings: Defects,
    *,
    names: tuple[str, ...],
    check_root: Callable[[etree._Element], None],
    skipped: tuple[str, ...] = (),
) -> Iterator[etree._Element]:
    """Yield every element of those local names as soon as it is complete, in any namespace.

    `check_root` is given the root before the first is yielded, or at the end. The caller may empty an element when it
    is done with it (`release`). Elements called `skipped` come without their content. Raises InputError, with the line,
    for a file that is not well-formed.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        # A comment inside a text would cut it in two.
        remove_comments=True,
        remove_pis=True,
        # Only over prefixes that are not declared: `_refuse_fatal` sees to it.
        recover=True,
    )
    checked, faults = False, 0
    try:
        for chunk in clean_chunks(stream, findings, skipped=skipped):
            parser.feed(chunk)
            faults = _refuse_fatal(parser, findings, faults)
            for _, found in parser.read_events():
                element = cast(etree._Element, found)
                if not checked:
                    check_root(element.getroottree().getroot())
                    checked = True
                yield element
        root = parser.close()
        _refuse_fatal(parser, findings, faults)
    except etree.XMLSyntaxError as error:
        where = f"{findings.name}, line {error.lineno}" if error.lineno else findings.name
        raise InputError(f"this is not well-formed XML ({error.msg})", where=where) from error
    if not checked:
        check_root(root)


def _refuse_fatal(parser: etree.XMLPullParser, findings: Defects, known: int) -> int:
    """Raise InputError for what makes a file no XML; what is only against the rules of namespaces is noted.

    `known` is how many faults had been seen before; returns how many there are now.
    """
    log = list(parser.feed_error_log)
    for entry in log[known:]:
        if entry.level == etree.ErrorLevels.FATAL:
            what, hint = f"this is not well-formed XML ({entry.message})", None
            if "huge text" in entry.message.lower() or "too long" in entry.message:
                what, hint = "a text or a tag in it is longer than ten million characters", "is this the right file?"
            raise InputError(what, where=f"{findings.name}, line {entry.line}", hint=hint)
        if Defect.NAMESPACE not in findings.found:
            findings.note(Defect.NAMESPACE, line=entry.line, detail=entry.message)
    return len(log)


def release(element: etree._Element) -> None:
    """Empty an element and take out what stands beside it, so that memory does not grow with the file.

    The parser is some elements ahead. Those are taken out too, and go with the last reference to them.
    """
    parent = element.getparent()
    if parent is not None:
        element.clear()
        del parent[:-1]


def release_before(element: etree._Element) -> None:
    """Empty an element and take out what stands before it; what the parser has read ahead keeps its place in the file.

    Slower than `release`, for those who ask what an element stands in.
    """
    parent = element.getparent()
    element.clear()
    if parent is not None:
        del parent[: parent.index(element)]


def local_name(element: etree._Element) -> str:
    """The name without its namespace; empty for what is no element."""
    return _local(element.tag)


# A file has few tags and millions of elements.
@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element) -> dict[str, list[etree._Element]]:
    """The elements inside one, by their local names."""
    found: dict[str, list[etree._Element]] = {}
    for child in element:
        name = local_name(child)
        if name in found:
            found[name].append(child)
        else:
            found[name] = [child]
    return found


def attributes(element: etree._Element) -> dict[str, str]:
    """The attributes by their names."""
    return dict(cast("list[tuple[str, str]]", element.items()))


def line_of(element: etree._Element) -> int:
    """Where an element begins in its file."""
    return int(getattr(element, "sourceline", 0) or 0)
