"""What the checks say of renderings: the same that `aligner check` says once they are in a bitext.

Every engine asks here before it gives its renderings away. Start reading at `with_check_flag`.
"""

from __future__ import annotations

from dataclasses import replace

from aligner.checks.run import check_texts
from aligner.languages.pair import LanguagePair
from aligner.translation.interface import Flag, Rendering


def with_check_flag(text: str, rendering: Rendering, languages: LanguagePair) -> Rendering:
    """The rendering of a text, flagged where a check finds something in it."""
    flags = [flag for flag in rendering.flags if flag != Flag.CHECKS]
    # What is copied on purpose is not wrong for being the same; that it is broken may be said.
    if rendering.text and (rendering.flags != (Flag.COPIED,)) and check_texts(text, rendering.text, languages):
        flags.append(Flag.CHECKS)
    return replace(rendering, flags=tuple(flags))
