"""Archives and XML that nobody vouches for: DOCX, ODT and EPUB are ZIP archives of XML.

Nothing is unpacked to the disk, so a name like ``../x`` leads nowhere. What a part says of its size is not believed: it
is read up to a limit, and all parts together up to another. XML is parsed without document types, entities, and
anything from outside. Start reading at `DocumentPackage`.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from aligner.errors import InputError, counted
from aligner.formats.archive import BROKEN, entry

PART = 128 << 20
"""Bytes of one part, unpacked."""
WHOLE = 512 << 20
"""Bytes of all parts that are read, unpacked."""
_PARTS = 20_000
_ENCRYPTED = 1
_BROKEN = (*BROKEN, ValueError, LookupError, struct.error, lzma.LZMAError)
"""What the library for archives raises for one that is damaged."""
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.S)


class DocumentPackage:
    """A ZIP archive in memory, of which parts are read one by one."""

    def __init__(self, data: bytes, where: str | Path, kind: str) -> None:
        """Open it; InputError when it is damaged or protected by a password."""
        self.where, self.kind, self._read = where, kind, 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = [part.filename for part in self._archive.infolist()]
        except _BROKEN as error:
            raise self.damaged() from error
        if len(self.names) > _PARTS:
            raise InputError(
                f"it holds more than {_PARTS:,} parts", where=where, hint="this is not an ordinary document"
            )
        # the bit of the ZIP format; Office's own passwords make a file of another kind
        if any(part.flag_bits & _ENCRYPTED for part in self._archive.infolist()):
            raise protected(where)

    def damaged(self) -> InputError:
        """The error to raise when the content is not what it should be."""
        hint = "open it in the program that it comes from and save it again"
        return InputError(
            f"this file is damaged or incomplete: it cannot be read as {self.kind}", where=self.where, hint=hint
        )

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """One part; InputError when it is missing, damaged or too large."""
        try:
            # one byte more than is allowed tells, whatever the archive says of the size
            with self._archive.open(name) as stream:
                data = stream.read(PART + 1)
        except _BROKEN as error:
            raise self.damaged() from error
        self._read += len(data)
        if len(data) > PART or self._read > WHOLE:
            what = f"'{Path(name).name}' in it is too large when unpacked"
            raise InputError(what, where=self.where, hint="it may be made to fill the memory; nothing was read")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of a part that is XML."""
        root = parse_xml(self.read(name))
        if root is None:
            raise self.damaged()
        return root

    def remarks(self, *, changes: int, comments: int, macros: str) -> tuple[str, ...]:
        """What a person should know of a document with tracked changes, comments, or parts named like `macros`."""
        found = []
        if changes:
            found.append(f"{counted(changes, 'tracked change')}: read as if accepted")
        if comments:
            found.append(f"{counted(comments, 'comment')}: not part of the text")
        if any(name.startswith(macros) or name.endswith(macros) for name in self.names):
            found.append("it has macros: they were not looked at")
        return tuple(found)

    def saved(self, changed: Mapping[str, bytes], *, without: frozenset[str] = frozenset()) -> bytes:
        """The archive with other content in some parts; all else is taken over as it is."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            # an archive may have a name twice, or folders, which no reader needs
            for name in dict.fromkeys(self.names):
                if name.endswith("/") or name in without:
                    continue
                made = entry(name)
                # stored, so that the kind of file can be read from its first bytes
                if name == "mimetype":
                    made.compress_type = zipfile.ZIP_STORED
                archive.writestr(made, changed[name] if name in changed else self.read(name))
        return buffer.getvalue()


def protected(where: str | Path) -> InputError:
    """The error for a file that asks for a password."""
    return InputError("this file is protected by a password", where=where, hint="save a copy without one")


def parse_xml(data: bytes) -> etree._Element | None:
    """The root of XML, read without its document type; None when there is none."""
    # e-books name that of XHTML; entities in it could fill the memory, so it is taken out unread
    if b"<!DOCTYPE" in data[:4096]:
        data = _DOCTYPE.sub(b"", data, count=1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def xml_bytes(root: etree._Element) -> bytes:
    """XML with its declaration."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
