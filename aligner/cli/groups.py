"""Groups of options: a dataclass whose fields are options, taken by a command as one parameter.

    @dataclass(frozen=True)
    class CorpusOptions:
        corpus: Corpus = Path("corpus")
        …

    @grouped
    def check(ids: Documents = None, where: CorpusOptions = GROUP) -> None:      has --corpus and what else is in it

Commands that share options then share them by name, in one order, with the same help and the same defaults. Start
reading at `grouped`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, get_type_hints

GROUP: Any = None
"""The default of a parameter that stands for a group: typer gives the group's own defaults."""


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer is to see it: each parameter that is a dataclass is replaced by the fields of that class.

    Raises TypeError when two groups have an option of the same name, or an option has no default.
    """
    hints = get_type_hints(command, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if isinstance(kind, type) and is_dataclass(kind)}
    flat: dict[str, inspect.Parameter] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        found = _options(groups[name]) if name in groups else [parameter.replace(annotation=hints[name])]
        for option in found:
            # two options of one name would hide each other without a word
            if option.name in flat:
                raise TypeError(f"{command.__name__} has the option '{option.name}' twice")
            flat[option.name] = option

    @functools.wraps(command)
    def ungrouped(**given: Any) -> None:
        made = {
            name: kind(**{option.name: given.pop(option.name) for option in _options(kind)})
            for name, kind in groups.items()
        }
        command(**given, **made)

    # typer asks for the signature and, by way of get_type_hints, for the annotations
    keyword_only = [p.replace(kind=inspect.Parameter.POSITIONAL_OR_KEYWORD) for p in flat.values()]
    ungrouped.__signature__ = inspect.Signature(keyword_only)  # type: ignore[attr-defined]
    ungrouped.__annotations__ = {name: parameter.annotation for name, parameter in flat.items()}
    # or the signature of the command itself would be found first
    del ungrouped.__wrapped__
    return ungrouped


@functools.cache
def _options(group: type) -> list[inspect.Parameter]:
    """The fields of a group as parameters of a command."""
    hints = get_type_hints(group, include_extras=True)
    found = []
    for field in fields(group):
        default = field.default if field.default_factory is MISSING else field.default_factory()
        if default is MISSING:
            raise TypeError(f"the option '{field.name}' of {group.__name__} has no default")
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        found.append(inspect.Parameter(field.name, kind, default=default, annotation=hints[field.name]))
    return found
