"""Review pages: source and target side by side, bead by bead, in one HTML file that needs nothing else.

    Bitext ──view──▶ Blocks ──render──▶ HTML          (page.py; the words compared in diff.py)
    Bitext ──summarize──▶ Summary ──render──▶ HTML    (index.py)

`render_page` makes the page of one document, `render_index` the page that lists them. Start reading at
`aligner.review.page`.
"""

from aligner.review.index import IndexOptions, render_index
from aligner.review.page import Link, PageOptions, render_page
from aligner.review.summary import Summary, summarize

__all__ = ["IndexOptions", "Link", "PageOptions", "Summary", "render_index", "render_page", "summarize"]
