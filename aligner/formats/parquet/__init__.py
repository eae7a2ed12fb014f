"""Parquet tables. Start reading at `aligner.formats.parquet.write`."""
