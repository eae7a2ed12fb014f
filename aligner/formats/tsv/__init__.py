"""A table of pairs, tab-separated. Start reading at `aligner.formats.tsv.write`."""
