"""What a CAT tool is known to refuse, found before it does. Start reading at `trados_limits`.

Trados imports units of at most 2,000 characters a side, takes languages only with a region, and files of at most 1 GB
(RWS, *Importing TM content*, Trados documentation; the import skips what does not fit).
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.errors import counted
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.selection import selected_beads
from aligner.formats.tmx.paragraphs import by_paragraph
from aligner.formats.tmx.serialize import unit_markup
from aligner.model import Bitext, Status

LONGEST = 2_000
"""Characters that a side of a unit may have in Trados."""
LARGEST = 1_000_000_000
"""Bytes that a file may have."""


def trados_limits(bitexts: Iterable[Bitext], options: WriteOptions = DEFAULTS) -> list[str]:
    """A sentence for each reason why Trados would not take all of the TMX that these bitexts and options make.

    >>> trados_limits([])
    []
    """
    tags = dict[str, None]()
    long: list[str] = []
    units = size = 0
    for whole in bitexts:
        tags |= dict.fromkeys(options.tag(side.language) for side in (whole.source, whole.target))
        bitext = by_paragraph(whole) if options.paragraphs else whole
        for bead in selected_beads(bitext, options):
            unit = None if bead.status is Status.REJECTED else unit_of(bitext, bead, options)
            if unit:
                units += 1
                size += len(unit_markup(unit).encode()) + 1
                if max(len(variant.text) for variant in unit.variants) > LONGEST:
                    long.append(f"{bitext.id}:{bitext.locator(bead)}")
    found = []
    # "fr" alone is refused by Trados, "fr-FR" is taken.
    bare = [tag for tag in tags if "-" not in tag]
    if bare:
        example = {"fr": "fr-FR", "en": "en-GB"}
        wanted = ",".join(example.get(tag, f"{tag}-XX") for tag in bare)
        found.append(f"Trados wants languages with a region, not {' and '.join(bare)}: write --locale {wanted}")
    if long:
        share = f"{len(long):,} of {counted(units, 'unit')} {'is' if len(long) == 1 else 'are'}"
        found.append(f"{share} longer than {LONGEST:,} characters, which Trados skips; the first is {long[0]}")
    if size > LARGEST:
        found.append(f"the file would have {size / 1e9:.1f} GB, Trados takes 1 GB: export fewer documents at a time")
    return found
