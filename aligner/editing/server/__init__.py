"""The review editor, served to this machine's browser.

    browser ──Guard──▶ application ──▶ Documents ──▶ OpenDocument (aligner.editing) ──▶ corpus
                            └──▶ Publishing ──▶ TMX, TEI, HTML, a moment after the last edit

`guard` lets in only who has the token, `application` is the list of addresses, `documents` the documents behind them,
`publishing` keeps the exports up to date, `serve` listens. Start reading at `aligner.editing.server.application`.
"""

from aligner.editing.server.serve import Served, serve

__all__ = ["Served", "serve"]
