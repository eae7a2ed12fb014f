"""A unit that is a whole paragraph, divided among the beads of its sentences.

    file    Le loyer est dû. Il fait froid.    The rent is due. It is chilly.
    corpus  2.1 Le loyer est dû.               The rent is due.                   as it is
            2.2 Il fait froid.                 It is cold.          It is chilly.

Sentences that are as they are at the beginning and at the end of the paragraph stay; what is between them belongs to
the beads between. Where that cannot be told, nothing is guessed. Start reading at `divided`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.editing.incoming.proposals import Proposal
from aligner.editing.wordings import is_known, plain_line, same
from aligner.formats.exchange.notation import seg_text
from aligner.model import Bitext, wording
from aligner.text import Srx, segment


def divided(proposal: Proposal, bitext: Bitext, run: Sequence[int], rules: Srx | None) -> list[tuple[int, Proposal]]:
    """A proposal for each bead of the paragraph that has an English text; none where the text cannot be divided."""
    beads = [index for index in run if bitext.beads[index].target]
    texts = [plain_line(bitext.target_text(bitext.beads[index])) for index in beads]
    said = proposal.said
    parts = _parts(plain_line(said.text), texts, bitext.target.language, rules)
    if parts is None:
        return []
    # Where the corpus still has what went out, that is also known of each sentence.
    went_out = bool(said.sent) and is_known(" ".join(texts), said.sent)
    notes = {line for index in run for line in bitext.beads[index].note.splitlines()}
    news = "\n".join(line for line in said.note.splitlines() if line not in notes)
    found = []
    for number, (index, present, text) in enumerate(zip(beads, texts, parts, strict=True)):
        bead = bitext.beads[index]
        source = seg_text(bitext.source_text(bead))
        # The status and the maker that the file tells are those of the worst sentence, not of each.
        own = replace(
            said,
            text=text,
            source=source,
            sent=wording(present) if went_out else "",
            maker=bead.maker if went_out else "",
            base=None,
            note=news if number == 0 else "",
        )
        found.append((index, replace(proposal, locator=bitext.locator(bead), source=source, said=own)))
    return found


def _parts(text: str, present: Sequence[str], language: str, rules: Srx | None) -> list[str] | None:
    """The text cut into as many parts as there are present ones; None where it is not clear how."""
    first, last = 0, len(present)
    rest = text
    while first < last and (shorter := _without_start(rest, present[first])) is not None:
        rest, first = shorter, first + 1
    while first < last and (shorter := _without_end(rest, present[last - 1])) is not None:
        rest, last = shorter, last - 1
    if first == last:
        return _with_more(present, max(0, first - 1), rest)
    if last - first == 1:
        middle = [rest]
    else:
        middle = [plain_line(each.text) for each in segment(rest, language, rules=rules, boilerplate=False)]
    if len(middle) != last - first or not all(middle):
        return None
    return [*present[:first], *middle, *present[last:]]


def _with_more(present: Sequence[str], place: int, more: str) -> list[str] | None:
    """The present parts with a sentence that was added: it belongs to the one before it."""
    if not more:
        return list(present)
    return [*present[:place], f"{present[place]} {more}", *present[place + 1 :]] if present else None


def _without_start(text: str, start: str) -> str | None:
    """The text behind a sentence with which it begins; None when it begins with another."""
    rest = text[len(start) :]
    return rest.lstrip() if same(text[: len(start)], start) and (not rest or rest[0].isspace()) else None


def _without_end(text: str, end: str) -> str | None:
    rest = text[: max(0, len(text) - len(end))]
    return rest.rstrip() if same(text[len(rest) :], end) and (not rest or rest[-1].isspace()) else None
