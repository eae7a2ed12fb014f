"""Two plain texts in an archive, line k of one for line k of the other: what machine translation is trained on.

Paired texts go out; archives of ours, and those that OPUS hands out, come back as bitexts. Start reading at
`aligner.formats.moses.write`.
"""
