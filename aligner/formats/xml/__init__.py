"""XML, safely: a parser that loads nothing from outside, and markup written as escaped text.

Start reading at `aligner.formats.xml.read` and `aligner.formats.xml.markup`.
"""
