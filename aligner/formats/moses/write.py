"""Two plain text files, line k of one corresponding to line k of the other: what machine translation is trained on.

They come in one ZIP archive, as OPUS hands them out: ``aligner.fr-en.fr``, ``aligner.fr-en.en`` and
``aligner.fr-en.ids`` with the id of every line. White space inside a text, line ends included, becomes one space, but
no-break spaces stay. Beads without a counterpart and rejected ones are left out. The archive's dates are constant, so
that the same bitexts give the same bytes.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from shutil import copyfileobj
from typing import BinaryIO

from aligner.formats.archive import MEMORY, adding
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.selection import same_pair, selected_beads
from aligner.model import Bitext, Status

_SPACE = re.compile(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the archive; InputError when the bitexts are not all of one language pair."""
    with ExitStack() as stack:
        sources, targets, ids = (stack.enter_context(tempfile.SpooledTemporaryFile(max_size=MEMORY)) for _ in range(3))
        pair: tuple[str, str] | None = None
        for bitext in bitexts:
            pair = same_pair(pair, bitext)
            for bead in selected_beads(bitext, options):
                texts = moses_line(bitext.source_text(bead)), moses_line(bitext.target_text(bead))
                # A model would learn what was rejected as it learns anything else.
                if all(texts) and bead.status is not Status.REJECTED:
                    line = *texts, f"{bitext.id}:{bitext.locator(bead)}"
                    for part, text in zip((sources, targets, ids), line, strict=True):
                        part.write(text.encode("utf-8", "replace") + b"\n")
        source, target = (options.tag(tag) for tag in pair or ("source", "target"))
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, ending in ((sources, source), (targets, target), (ids, "ids")):
                part.seek(0)
                with adding(archive, f"aligner.{source}-{target}.{ending}") as file:
                    copyfileobj(part, file)


def moses_line(text: str) -> str:
    r"""A text on one line.

    >>> moses_line(" Oui\n\tnon\u00a0! ")
    'Oui non\xa0!'
    """
    return _SPACE.sub(" ", text).strip(" ")
