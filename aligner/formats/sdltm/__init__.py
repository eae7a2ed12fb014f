"""Memories of Trados Studio: an SQLite database, read only. Start reading at `aligner.formats.sdltm.read`."""
