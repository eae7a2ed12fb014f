"""XCES alignments, as OPUS has them. Start reading at `aligner.formats.xces.write`."""
