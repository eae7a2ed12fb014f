"""What of a web page is no text of its own: menus, banners, share links, hidden elements.

The page says so itself: by the names of its elements (``nav``, ``footer``), their roles, or the classes and ids that
almost all sites use. Start reading at `is_furniture`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aligner.documents.inline import Element

_ELEMENTS = frozenset(("nav", "aside", "footer", "form", "dialog", "menu"))
_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "alert",
    )
)
_WORDS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|rgpd|tarteaucitron|didomi|onetrust|share|sharing|partag\w*|social|breadcrumbs?|"
    r"fil-?d-?ariane|menu|nav|navbar|navigation|sidebar|newsletter|related|comments?|pagination|pager|advert\w*|ads?|"
    r"skip(?:-?link|-?nav)?|popup|modal|login|subscribe|toolbar|addthis|metanav|footer|banner|lang-?switch\w*)(?=$|[\s_-])",
    re.I,
)
_KEPT = frozenset(("html", "body", "main", "article"))
_MANY, _ALMOST = 4, 0.8


def is_furniture(element: Element, name: str) -> bool:
    """Whether an element of the page is none of its text."""
    if name in _KEPT:
        return False
    # some sites put the whole page into a form or an element called menu
    if name in _ELEMENTS or (element.get("role") or "").lower() in _ROLES:
        return not _holds_main(element)
    # the head of the page, but not that of an article, and not one with the title in it
    if name == "header":
        return not any(_name(above) in {"article", "main", "section"} for above in element.iterancestors()) and (
            not any(_name(inside) == "h1" for inside in element.iter())
        )
    # a very long list of classes is a style sheet's, whose words mean no part of a page
    words = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(words) < 400 and bool(_WORDS.search(words)) and not _holds_main(element)


def is_hidden(element: Element) -> bool:
    """Whether a reader of the page does not see an element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "hidden" in element.attrib or "display:none" in style or "visibility:hidden" in style


def menus(root: Element, element_name: Callable[[Element], str]) -> frozenset[Element]:
    """Lists of the page that are nothing but links, outside its main part."""
    found = []
    for listed in root.iter():
        if element_name(listed) not in {"ul", "ol"}:
            continue
        if any(element_name(above) in {"main", "article"} for above in listed.iterancestors()):
            continue
        # short items that are nothing but links: a list of references has words around them
        items = [e for e in listed if element_name(e) == "li"]
        if len(items) >= _MANY and _linked(listed, element_name) >= _ALMOST and _length(listed) / len(items) < 60:
            found.append(listed)
    return frozenset(found)


def _holds_main(element: Element) -> bool:
    return any(_name(inside) in {"main", "article"} for inside in element.iterdescendants())


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _length(element: Element) -> int:
    return len("".join(str(text) for text in element.itertext()).strip())


def _linked(element: Element, element_name: Callable[[Element], str]) -> float:
    """How much of the text of an element is links, 0 to 1."""
    whole = _length(element)
    return sum(_length(e) for e in element.iter() if element_name(e) == "a") / whole if whole else 0.0
