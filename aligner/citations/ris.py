"""RIS, the format of EndNote, Mendeley and library catalogues: a tag, two spaces, a hyphen, a space, a value; CRLF.

What RIS has no tag for is in notes (``N1  - court: Cour de cassation``), which aligner reads back. Start reading at
`ris_lines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.citations.escaping import tidied
from aligner.citations.fields import TYPES, said_of
from aligner.citations.people import date_parts, people_of
from aligner.citations.references import DOCUMENT, Reference

END = "\r\n"


def ris_entry(reference: Reference, *, notes: Sequence[str] = ()) -> str:
    """The entry of a reference, with notes of what was quoted; it begins with TY and ends with ER."""
    lines = [*_lines(reference), *(("N1", note) for note in notes), ("ER", "")]
    # A line end in a value would begin a field: whatever the value says is one line.
    return "".join(f"{tag}  - {tidied(value)}{END}" for tag, value in lines)


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    record = reference.record
    yield "TY", TYPES.get(record.type, TYPES[DOCUMENT])[1]
    yield "ID", reference.key
    for row, value in said_of(record):
        if row.name == "type":
            # Several kinds of documents share a type of RIS.
            yield "N1", f"type: {value}"
        elif not row.ris:
            yield from [("N1", f"{row.name}: {value}")] if value != "unknown" else []
        elif row.kind == "names":
            yield from ((row.ris, person.inverted.strip("{}")) for person in people_of(value))
        elif row.name == "pages":
            first, _, last = value.replace("–", "-").partition("-")
            yield from (("SP", first), ("EP", last)) if last else (("SP", first),)
        elif row.kind == "date" and (parts := date_parts(value)):
            padded = [f"{part:02}" for part in parts] + [""] * (3 - len(parts))
            yield row.ris, "/".join([*padded, ""])
            if row.name == "date":
                yield "PY", f"{parts[0]:04}"
        else:
            yield row.ris, value
    yield from (("N1", f"{name}: {value}") for name, value in record.extra)
    if reference.language:
        yield "LA", reference.language
    if reference.remark:
        yield "N1", f"Translation: {reference.remark}"
