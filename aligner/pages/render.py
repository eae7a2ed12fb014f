"""Templates to one self-contained HTML file.

Style (``styles/``) and script (``scripts/``) are read from the package and written into the page; a
Content-Security-Policy names them by their SHA-256 and forbids everything else, so that nothing inside a document, a
note or a name can run, load or send anything, even if it escaped the escaping. Nothing depends on the clock or on the
machine: same input, same bytes. Start reading at `render`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from aligner import __version__
from aligner.citations.fields import said_of
from aligner.citations.titles import title_of
from aligner.errors import counted
from aligner.pages.markup import (
    grouped,
    language_name,
    page_address,
    percent,
    visible,
    web_address,
    without_controls,
)

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Asset:
    """A style sheet or a script as it stands between its tags, and its hash for the policy."""

    text: Markup
    hash: str


def render(
    template: str,
    *,
    styles: tuple[str, ...],
    scripts: tuple[str, ...],
    served: bool = False,
    beside: bool = False,
    **values: object,
) -> str:
    """Render a template with the named style sheets and scripts inlined; lone surrogates become U+FFFD.

    A page that is `served` may speak to its server; one with scripts `beside` it may load those that come from where it
    comes from itself (no policy can name a file on a disk by its content).
    """
    page = _environment().get_template(template)
    html = page.render(
        style=_asset("styles", styles),
        # By itself, as it runs before the first paint: the page must not flash in the other theme.
        opening_script=_asset("scripts", ("theme.js",)),
        script=_asset("scripts", scripts),
        served=served,
        beside=beside,
        aligner_version=__version__,
        **values,
    )
    # Half a character cannot be written as UTF-8; the data of the page keep it as an escape.
    return _SURROGATE.sub("\ufffd", html)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("aligner.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,  # a name that is misspelt in a template is an error, not an empty place
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    texts = (counted, grouped, language_name, page_address, percent, without_controls, visible, web_address)
    for function in (*texts, said_of, title_of):
        environment.filters[function.__name__] = function
    return environment


@cache
def _asset(kind: str, names: tuple[str, ...]) -> Asset:
    """Files of a folder of this package joined; they are ours, so they are not escaped."""
    folder = resources.files("aligner.pages") / kind
    # The hash is of everything between the tags, so the line break after the opening tag is part of it.
    text = "\n" + "\n".join((folder / name).read_text("utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Asset(Markup(text), f"'sha256-{digest}'")  # noqa: S704 (package data)
