"""What in a text is for machines: placeholders, tags, entities, paths and names of files, DOIs, symbols, Markdown.

One pattern, `MARKUP`, for what a model must not touch (`aligner.translation.protect.stretches`) and what the checks
look for in a translation (`aligner.checks.markup`). Every kind asks for more than ordinary prose has: a
slash alone (*et/ou*, *km/h*), a percentage before a word (*30 % des*), a comparison (*5 < 6*) or a price in dollars
is none.
"""

from __future__ import annotations

import html
import re

_ENDS_WELL = r"(?<![.,;:!?'()\[\]])"
"""Punctuation after a path belongs to the sentence."""
PLACEHOLDER = r"""(?x:
    (?<![\d%]) (?<!\d\ )                                  # not a percentage
    % (?:\([\w.-]+\)|\d{1,2}\$)? [-+0#]{0,3} \d{0,3} (?:\.\d{1,3})? (?:l?[diu]|[sfgexX@]) (?![\w%])
  | %[A-Z_]{2,40}%
  | \{\{\ ?[\w.$-]{1,60}\ ?\}\} | \$?\{[\w.$:-]{0,60}\}
  | (?<![\w$]) (?<!\d\ ) \$[A-Z_]{3,40}(?!\w)             # not a price
)"""
"""Of printf, of Python and JavaScript, of shells and of Windows: ``%(name)s``, ``%1$d``, ``{0:.2f}``, ``${HOME}``."""
TAG = r"""(?x:
    </[A-Za-z][\w:-]*> | <!--[^<>]{0,200}-->
  | <[A-Za-z][\w:-]*                                      # with attributes, for 5 < 6 is none
    (?:\ [\w:-]{1,40}=(?:"[^"<>]{0,200}"|'[^'<>]{0,200}'|[^\s"'<>=]+))*\ ?/?>
)"""
ENTITY = r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{1,6}|#x[0-9A-Fa-f]{1,6});"
_SEGMENT = r"[^\s\\/:*?\"<>|«»]+"
_SPACED = r"(?:\ [^\s\\/:*?\"<>|«»,;]+(?=\\))?"
_PATH = rf"""(?x:
    (?:(?<!\w)[A-Za-z]:|\\\\{_SEGMENT})                   # of Windows, from a drive or a server
    \\(?:{_SEGMENT}{_SPACED}\\)*(?:{_SEGMENT}{_ENDS_WELL})?
  | (?<![\w./~])(?:(?:~|\.\.?)/|/[^\W\d][\w.@+-]*/)       # of Unix, with two slashes, for et/ou is none
    (?:[\w.@+-]+/)*(?:[\w.@+-]*\w)?(?![\w/])
)"""
_FILE = r"""(?x:
    (?<![\w./-])\w[\w-]{0,80}(?:\.[\w-]{1,40}){0,4}
    \.(?i: pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|md|html? | csv|tsv|json|xml|ini|ya?ml|toml|log
         | png|jpe?g|gif|svg|mp[34] | zip|gz|exe | tmx|tbx|xliff? )
    (?!\w|\.\w)
)"""
_DOI = rf"(?<![\w.])10\.\d{{4,9}}/[^\s<>\"«»]+{_ENDS_WELL}"
CODE = r"`[^\s`](?:[^`]{0,80}[^\s`])?`"
_MARKDOWN = r"""(?x:
    !\[[^\[\]]{0,200}\]\([^\s()]+(?:\ "[^"]{0,200}")?\)
  | \]\([^\s()]+(?:\ "[^"]{0,200}")?\) | \[(?=[^\[\]]{1,200}\]\([^\s()])
)"""
"""An image whole, a link but for its words."""
SYMBOL = r"(?<![\w/])[A-Z]{1,5}(?:/[A-Z0-9][\w.()-]*){2,}(?<![.(-])"
"""Of a document of the United Nations: ``A/C.5/78/L.12``."""
MARKUP = "|".join((_MARKDOWN, CODE, TAG, PLACEHOLDER, ENTITY, _DOI, SYMBOL, _PATH, _FILE))
"""Alternatives without groups to remember; the longest kinds first."""
_ENTITY_FOUND, _TAG_FOUND = re.compile(ENTITY), re.compile(TAG)
_OF_MARKUP = frozenset(("&lt;", "&gt;", "&amp;", "&quot;", "&#60;", "&#62;", "&#38;"))
"""What stands for a sign of the markup itself, and beside tags must go on doing so."""


def decoded(text: str) -> str:
    """A text whose entities are the characters they stand for; those that were escaped twice, too.

    >>> decoded("30 &euro; &agrave; l&#8217;&amp;eacute;cole")
    '30 € à l’école'
    """
    return decoded_with_places(text)[0]


def decoded_with_places(text: str) -> tuple[str, list[int]]:
    """The same, and for each of its characters, and its end, where it stood."""
    places = list(range(len(text) + 1))
    # What was escaped twice is read twice.
    for _ in range(2):
        if "&" not in text:
            break
        has_tags = bool(_TAG_FOUND.search(text))
        parts: list[str] = []
        kept: list[int] = []
        end = 0
        for match in _ENTITY_FOUND.finditer(text):
            character = html.unescape(match[0])
            if character != match[0] and not (has_tags and match[0].lower() in _OF_MARKUP):
                parts += [text[end : match.start()], character]
                kept += [*places[end : match.start()], *[places[match.start()]] * len(character)]
                end = match.end()
        text, places = "".join([*parts, text[end:]]), [*kept, *places[end:]]
    return text, places
