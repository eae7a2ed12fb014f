"""The alignment alone, in hunalign's notation. See `aligner.formats.ladder.write`."""
