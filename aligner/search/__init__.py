"""Finding words in context: a concordance of the corpus and its memories, in both languages.

    bitexts, memory/*.tmx ──refresh_index──▶ SearchIndex (SQLite FTS5 in .aligner/) ──find──▶ Hits

`aligner.search.query` says what can be asked for, `index` how pairs are kept, `update` how the index follows the
files, `find` how hits come about and which words of the other language are marked. Start reading at
`aligner.search.find`.
"""

from aligner.search.find import Hit, Hits, find
from aligner.search.query import Matching, Order, Query
from aligner.search.update import found_in, refresh_index

__all__ = ["Hit", "Hits", "Matching", "Order", "Query", "find", "found_in", "refresh_index"]
