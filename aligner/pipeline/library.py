"""The library's front door: what `from aligner import …` gives, with plain arguments and plain results.

Nothing here is more than a call of the rooms behind it. `docs/python.md` shows each by an example. Start there.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from aligner.config import RunOptions
from aligner.corpus.store import Project, open_project
from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Bitext, Languages, Side, sha256
from aligner.pipeline.pairing import pair_texts
from aligner.pipeline.report import Report
from aligner.pipeline.run import run as run_project
from aligner.text import line_layout, segment
from aligner.translation import Rendering, TranslateOptions
from aligner.translation.opening import open_engine
from aligner.translation.streams.cells import LineTranslator


def translate(
    texts: Sequence[str],
    *,
    source: str = "fr",
    target: str = "en",
    model: Path | str | None = None,
    glossary: Path | str | None = None,
    beam: int | None = None,
    cache: Path | str | None = None,
) -> list[Rendering]:
    """Translate texts, one rendering each, in order; a text of several sentences is translated sentence by sentence.

    `model` is an Argos package (file or folder; None: the installed or the embedded one), `glossary` a table of terms
    to keep, `cache` a file where renderings are kept (None: nowhere). Raises InputError for a file that cannot be used,
    EnvironmentProblem when there is no package for the pair.
    """
    from aligner.terms.glossaries import read_glossary

    languages = Languages(source, target)
    # only one that is named: there is no corpus here that could have its own
    terms = read_glossary(Path(glossary), languages) if glossary else None
    engine = open_engine(
        languages,
        model=Path(model) if model else None,
        cache=Path(cache) if cache else None,
        options=TranslateOptions.chosen(beam=beam),
        glossary=terms,
    )
    try:
        return LineTranslator(engine, source).translate(list(texts))
    finally:
        engine.close()


def align(source_text: str, target_text: str, *, source: str = "fr", target: str = "en", id: str = "text") -> Bitext:  # noqa: A002
    """Align a text with its translation: a bitext whose pairs (`beads`) hold every sentence of both once.

    A line is a paragraph, unless the text is hard-wrapped. The target counts as a person's.
    """
    texts = ((source_text, source), (target_text, target))
    sides = [segment(text, language, paragraphs=line_layout(text)) for text, language in texts]
    pairing = pair_texts(sides[0], target_text, sides[1], [None] * len(sides[0]), languages=(source, target))
    first = Side(source, tuple(sides[0]), sha256=sha256(source_text))
    return Bitext(id, first, Side(target, pairing.segments, sha256=sha256(target_text)), pairing.beads)


def run(corpus: Project | Path | str, options: RunOptions | None = None) -> Report:
    """Do the whole job for a corpus: translate or align every document, bring its exports up to date.

    `corpus` is a project, or the folder that holds ``fr/``. Raises what `aligner.pipeline.run.run` raises; errors of
    single documents are in the report.
    """
    project = corpus if isinstance(corpus, Project) else open_project(Path(corpus))
    return run_project(project, options or RunOptions())


def export(bitext: Bitext, path: Path | str, *, format: str = "", options: WriteOptions | None = None) -> Path:  # noqa: A002
    """Write a bitext in one of the formats of `docs/formats.md`, by the ending of the file's name unless it is named.

    Raises InputError for a format that there is not.
    """
    from aligner.files import write_atomically

    path = Path(path)
    name = format or next((row.name for row in FORMATS.values() if path.name.endswith(row.suffix)), "")
    if name not in FORMATS:
        raise InputError(f"there is no format '{name or path.suffix}'", hint=f"choose one of {', '.join(FORMATS)}")
    stream = io.BytesIO()
    FORMATS[name].write([bitext], stream, options or WriteOptions())
    write_atomically(path, stream.getvalue())
    return path
