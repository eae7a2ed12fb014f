"""TMX 1.4b, the exchange format of translation memories (LISA OSCAR 2005).

    Bitext ──from_bitext──▶ Unit ──serialize──▶ bytes        write.py
    Bitext ◀──to_bitext──── Unit ◀────parse──── bytes        read.py

`aligner.formats.exchange.units` holds the records of a TMX file, free of bitexts and of XML; start reading there.
"""
