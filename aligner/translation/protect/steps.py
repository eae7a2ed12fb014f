"""The preparations and repairs that one engine makes, and a note of those that acted. Start reading at `Steps`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.languages.pair import LanguagePair
from aligner.translation.protect.preparations import PREPARATIONS, Prepared, Recipient
from aligner.translation.protect.repairs import REPAIRS, Stage

NAMES = tuple(dict.fromkeys(row.name for row in (*PREPARATIONS, *REPAIRS)))
"""What can be switched off."""


@dataclass(frozen=True, slots=True)
class Acted:
    """A preparation or repair that changed something."""

    name: str
    before: str
    after: str


class Steps:
    """Those rows of the two tables that are for a pair of languages, less what is switched off."""

    def __init__(self, languages: LanguagePair, without: Iterable[str] = ()) -> None:
        """Raises InputError for a name that is in neither table."""
        self.languages = languages
        off = frozenset(without)
        if unknown := sorted(off - set(NAMES)):
            raise InputError(f"there is no step '{unknown[0]}'", hint=f"there are {', '.join(NAMES)}")
        self.preparations = tuple(
            row
            for row in PREPARATIONS
            if row.name not in off and (not row.some_languages or row.name in languages.preparations)
        )
        self.repairs = {
            stage: tuple(
                row
                for row in REPAIRS
                if row.stage is stage
                and row.name not in off
                and (not row.some_languages or row.name in languages.repairs)
            )
            for stage in Stage
        }
        self.acted: list[Acted] | None = None
        """Where to note what acts, while someone wants to know."""

    def prepare(self, text: str, reader: Recipient) -> Prepared:
        """A text as the model is to see it."""
        prepared = Prepared(text)
        for row in self.preparations:
            # What a row only remembers (`capital`) is no change that anybody could see.
            before, prepared = prepared, row.function(prepared, reader)
            if self.acted is not None and (before.text, before.protected) != (prepared.text, prepared.protected):
                self.acted.append(Acted(row.name, marked(before), marked(prepared)))
        return prepared

    def repair(self, stage: Stage, source: Prepared, output: str) -> str:
        """An output after the repairs of one stage."""
        for row in self.repairs[stage]:
            before, output = output, row.function(source, output)
            if self.acted is not None and before != output:
                self.acted.append(Acted(row.name, before, output))
        return output


def marked(prepared: Prepared) -> str:
    """A text with the stretches that the model does not get in ⟦brackets⟧."""
    text = prepared.text
    # From the end, so that the places of the others stay right.
    for start, end in reversed(prepared.protected):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text
