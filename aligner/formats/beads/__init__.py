"""The alignment alone, in the notation of scorers. See `aligner.formats.beads.write`."""
