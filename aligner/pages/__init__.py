"""Review pages: source and target side by side, to be read, judged and changed; one HTML file each, without network.

    Bitext ──render_page──▶ HTML: plain rows, and the data (page_data) from which the page's script draws the rest
    Bitext ──summarize──▶ Summary ──render_index──▶ HTML: the list of documents
    answer ──render_found──▶ HTML: what was found; bitexts ──search_file──▶ the script that the index page searches
    Report ──render_report──▶ HTML: two versions of a translation (aligner.pages.comparison)

Only the script draws shapes, changes and figures of a pair. Start reading at `aligner.pages.page`, and for the script
at ``scripts/page.js`` and ``scripts/rows.js``.
"""

from aligner.pages.data import page_data
from aligner.pages.found import render_found, search_file
from aligner.pages.index import IndexOptions, SearchBox, Totals, render_index, render_served_index
from aligner.pages.page import Link, PageOptions, render_page
from aligner.pages.summary import Summary, summarize

__all__ = [
    "IndexOptions",
    "Link",
    "PageOptions",
    "SearchBox",
    "Summary",
    "Totals",
    "page_data",
    "render_found",
    "render_index",
    "render_page",
    "render_served_index",
    "search_file",
    "summarize",
]
