"""Sentence embeddings: encoders that give sentences of the same meaning like vectors, in all languages that they know.

    encoders_for(wanted) ──▶ Encoder.encode(sentences) ──▶ vectors ──▶ aligner.alignment

An encoder comes with the extra ``aligner[embeddings]``, its model inside the wheel: nothing is downloaded. Another one
is a file of its own beside `aligner.embeddings.universal` with the methods of `aligner.alignment.meanings.Encoder`, and
a line in `aligner.embeddings.opening`. Start reading there.
"""

from aligner.embeddings.opening import encoders_for, installed_encoders, shared_vectors

__all__ = ["encoders_for", "installed_encoders", "shared_vectors"]
