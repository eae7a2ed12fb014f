"""A column table for data tools, one bead a row; needs pyarrow.

Bitexts go out and come back, with the fields that `aligner.formats.exchange.fields` names. Start reading at
`aligner.formats.parquet.write`.
"""
