"""Where the machine now says something else than the text that a person accepted or edited.

Accepted and edited texts stay when the model, the glossary or the options change; a reader should know that the
machine has another proposal. `Bead.machine` is what the machine says now. An accepted text of the machine is compared
with that. An edited text is the person's own and always another: there the question is whether the machine still says
what the person had before them, the last text that aligner itself wrote for the sentence (`Bead.written`). Where that
is not known, as of a human translation, there is no news. Start reading at `says_else`.
"""

from __future__ import annotations

from aligner.model import REVIEWED, Bead, Bitext, Origin, wording


def says_else(bitext: Bitext, bead: Bead) -> bool:
    """Whether a person accepted or edited a bead's text and the machine now says something else."""
    return bead.status in REVIEWED and has_news(bitext, bead)


def has_news(bitext: Bitext, bead: Bead) -> bool:
    """The same for any status: whether the machine says something else than when the text was made."""
    said, text = wording(bead.machine or ""), wording(bitext.target_text(bead))
    if not bead.machine or not bead.target or said == text:
        return False
    if bead.origin is Origin.MACHINE:
        return True
    return bead.origin is Origin.HUMAN and bool(bead.written) and bead.written[-1] not in {said, _remembered(bead)}


def _remembered(bead: Bead) -> str:
    """The fingerprint of what a memory had: a text taken from there was never the machine's."""
    return wording(bead.match.target) if bead.match else ""
