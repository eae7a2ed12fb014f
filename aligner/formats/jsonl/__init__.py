"""The bitext store. Start reading at `aligner.formats.jsonl.write`."""
