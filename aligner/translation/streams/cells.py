r"""A line of text as a translator takes it: its margins, its cells, and the sentences in them.

    "  Un. Deux.\tTrois " ──▶ margins "  ", " " · cells "Un. Deux.", "Trois" · sentences "Un.", "Deux.", "Trois"

A model is made for sentences: of several in one go it may lose some. So each sentence of each cell is translated by
itself, all those of a portion of lines together, and put back in its place: sentences with one space between, cells
with the tab, margins as they were. Start reading at `LineTranslator`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner.signature import signature
from aligner.translation.interface import Flag, Progress, Rendering, Translator

if TYPE_CHECKING:
    from aligner.text import Srx

_REVISION = 1
"""Raised whenever the same lines may be laid out otherwise than before."""
_SPACES = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""White space within a line; what ends lines, for whatever program, is none."""
_MAY_BREAK = re.compile(
    r"""
    [.?!…؟۔।॥։።។။][^\s\w]{0,6}\s        # a mark, what closes after it, and a space
  | (?:(?<!\d)[.?!…]|[.?!…][^\s\w])[^\s\w]{0,6}\w{1,4}[^\s\w]{0,6}\s    # the same with the call of a note, but not 2.5
  | [.?!…؟۔।॥։።។။][\s"'”’»›)\]}«‹]{0,5}\s            # the same with spaces between
  | [.?!…]\s?(?:--|—|–)                  # a mark and a dash
  | \w[.?!…]{1,8}[^\W\d_]                 # a space that was forgotten
  | \s[:;]-?[)(]\s                        # a smiley
  | [。！？｡」』]                            # marks that need no space
  | [\r\v\f\x85\u2028\u2029]             # an end of a line inside the line
    """,
    re.VERBOSE,
)
"""Found wherever the packaged rules can break, and seldom elsewhere: most lines never see a rule."""


class LineTranslator:
    r"""A `Translator` of lines that keeps what is around their sentences.

    >>> class Shouting:
    ...     def translate(self, texts, *, progress=None):
    ...         print(texts)
    ...         return [Rendering(text.upper(), 1.0) for text in texts]
    >>> lines = LineTranslator(Shouting(), "fr").translate(["  Un. Deux.\t\t3", ""])
    ['Un.', 'Deux.', '3']
    >>> [line.text for line in lines]
    ['  UN. DEUX.\t\t3', '']
    """

    def __init__(self, translator: Translator, language: str, *, rules: Srx | None = None) -> None:
        """Give lines in a language (BCP 47) to a translator, cut by `rules`; None takes the packaged ones."""
        self._translator, self._language, self._rules = translator, language, rules

    @property
    def signature(self) -> str:
        """How lines are taken apart, on one line; what renders the parts says so itself."""
        from aligner.text import builtin_srx

        return signature(lines=f"r{_REVISION}", rules=(self._rules or builtin_srx()).signature)

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per line, in order, with the flags of all its sentences; tabs and margins stay."""
        lines = [[self._cell(cell) for cell in text.split("\t")] for text in texts]
        sentences = [sentence for line in lines for _, inner, _ in line for sentence in inner]
        done = iter(self._translator.translate(sentences, progress=progress) if sentences else [])
        renderings = []
        for cells in lines:
            parts: list[Rendering] = []
            said: list[str] = []
            for before, inner, after in cells:
                taken = [next(done) for _ in inner]
                said.append(before + " ".join(each.text for each in taken if each.text) + after)
                parts += taken
            if len(parts) == 1:
                renderings.append(replace(parts[0], text="\t".join(said)))
            else:
                # A line of several sentences has no score: nobody could tell which of them it was of.
                flags = {flag for each in parts for flag in each.flags}
                renderings.append(Rendering("\t".join(said), None, tuple(flag.value for flag in Flag if flag in flags)))
        return renderings

    def _cell(self, text: str) -> tuple[str, list[str], str]:
        """What stands before a cell's text, its sentences, and what stands behind."""
        # The byte order mark of a file is seen as a character of its first line.
        text = text.removeprefix("\ufeff")
        start = len(text) - len(text.lstrip(_SPACES))
        end = max(start, len(text.rstrip(_SPACES)))
        before, inner, after = text[:start], text[start:end], text[end:]
        # Rules of one's own may break anywhere; the packaged ones are not even loaded for a line of one sentence.
        if not self._rules and not _MAY_BREAK.search(inner):
            return before, [inner] if inner else [], after
        from aligner.text import segment

        sentences = segment(inner, self._language, rules=self._rules, boilerplate=False)
        return before, [each.text for each in sentences], after
