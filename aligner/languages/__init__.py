"""What is known of languages: words, numbers, dates, hours, amounts, names, acronyms.

Comes in: language tags and texts. Goes out: a `LanguagePair`, and what stands in a text (`figures`, `dates`, `hours`,
`phones`, `words`), each found with the tables of one language. A pair that nobody described has empty tables, and
everything still works, with less to look for. Start reading at `aligner.languages.pair`, then ``data/french.toml``.
"""

from aligner.languages.language import Language, language_of
from aligner.languages.pair import LanguagePair, find_pair
from aligner.languages.tags import base_language, language_tag

__all__ = ["Language", "LanguagePair", "base_language", "find_pair", "language_of", "language_tag"]
