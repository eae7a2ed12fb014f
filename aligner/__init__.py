"""aligner: offline French–English translation, sentence alignment and bilingual editions.

The command is ``aligner``; the library's front door is `aligner.pipeline`. Importing the package loads nothing heavy.
"""

__version__ = "0.1.0"
