"""Two plain texts, line by line. Start reading at `aligner.formats.moses.write`."""
