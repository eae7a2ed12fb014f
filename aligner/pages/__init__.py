"""Review pages: source and target side by side, bead by bead, to be read, judged and changed; one HTML file each.

    Bitext ──view──▶ Blocks ──render──▶ HTML          (page.py; the words compared in diff.py)
    Bitext ──page_data──▶ JSON                        (data.py: what the page's script works with)
    Bitext ──summarize──▶ Summary ──render──▶ HTML    (index.py)

`render_page` makes the page of one document, `render_index` the page that lists them. Start reading at
`aligner.pages.page`; the page's own program starts at ``scripts/page.js``.
"""

from aligner.pages.data import page_data
from aligner.pages.index import IndexOptions, render_index
from aligner.pages.page import Link, PageOptions, render_page
from aligner.pages.summary import Summary, summarize

__all__ = ["IndexOptions", "Link", "PageOptions", "Summary", "page_data", "render_index", "render_page", "summarize"]
