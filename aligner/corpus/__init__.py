"""The corpus on disk: which files belong to a document, how they are read, locked and written, what derives from them.

Comes in: a folder. Goes out: `Project` (the names of all files), bitexts, exports, the state that remembers what was
written. `store` knows the folders, `exports` what derives from a bitext, `publish` brings that up to date; `journal`,
`two_files` and `lock` keep a document's two files whole. Start reading at `aligner.corpus.store`.
"""
