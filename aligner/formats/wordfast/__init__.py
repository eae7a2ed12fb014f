"""Text memories of Wordfast: a table of tab-separated values, read only. Start reading at `aligner.formats.wordfast.read`."""
