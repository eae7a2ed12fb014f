"""Where everything lies: the folders of a project and the files that belong to a document.

    <corpus>/fr/<id>.txt + .toml      the source and its record; any kind of document, in any folder of it
    <corpus>/extracted/<id>.fr.txt    what was read from a source that is not plain text, and the map to it
    <corpus>/en/<id>.txt              the English text
    <corpus>/bitext/<id>.fr-en.jsonl  the aligned pairs, from which every export derives
    <output>/tmx  tei  review         exports
    <output>/.aligner                 caches; deleting it loses nothing

Of a source in a folder all these are in a folder of the same name (`aligner.corpus.places`).
A document whose source was deleted or renamed is *left over*: its pairs are still there, but it is passed over unless
somebody asks for it by name. `Project` knows the names; `read_bitext` and `write_bitext` keep the pairs. Start reading
at `Project`.
"""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from aligner.corpus.exports import EXPORTS, INDEX, Export
from aligner.corpus.places import CACHES, documents_in, hidden, lying, place_of, possible_places, state_of, text_name
from aligner.documents import FolderFiles, counted_reasons, document_id, find_sources, read_document, read_text
from aligner.errors import AlignerError, InputError, counted
from aligner.files import explained, read_bytes, writing
from aligner.formats import FORMATS, WriteOptions
from aligner.model import USUAL_LANGUAGES, Bitext, Languages, Record

log = logging.getLogger(__name__)

_NAMED = 5
"""Documents that a message names; of more it names the first."""


BESIDE = Path("beside the corpus")
"""Stands for the folder in which a corpus lies, where no other is named for its exports."""


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a project and its language pair."""

    corpus: Path
    """The folder that holds a folder per language and the bitexts."""
    output: Path = BESIDE
    """The folder that receives ``tmx/``, ``tei/``, ``review/`` and ``.aligner/``; the corpus's own without it."""
    languages: Languages = USUAL_LANGUAGES

    def __post_init__(self) -> None:
        object.__setattr__(self, "corpus", Path(self.corpus))
        # resolved first: "." has no parent by its name
        beside = self.corpus.resolve().parent
        object.__setattr__(self, "output", beside if self.output is BESIDE else Path(self.output))

    @property
    def source(self) -> str:
        """The language of the documents."""
        return self.languages.source

    @property
    def target(self) -> str:
        """The language that they are translated into."""
        return self.languages.target

    @property
    def pair(self) -> str:
        """The language pair in file names: ``fr-en``."""
        return "-".join(self.languages)

    @property
    def cache(self) -> Path:
        """The folder of caches."""
        return self.output / CACHES

    def sources(self) -> dict[str, Path]:
        """The source documents by id, in order of their names; InputError when the folder is missing or empty."""
        return self.scan()[0]

    def scan(self) -> tuple[dict[str, Path], dict[str, InputError]]:
        """The source documents by id, and the files that cannot be documents because of their names, with the reason.

        Raises InputError when the folder is missing or empty.
        """
        found = self.found()
        return found.documents, found.refused

    def found(self) -> FolderFiles:
        """The files of the source folder and of the folders in it: documents, refused ones, and those passed over.

        Raises InputError when the folder is missing or holds no document.
        """
        folder = self.corpus / self.source
        hint = f"put documents in {folder}: text, Markdown, HTML, DOCX, ODT, EPUB, RTF or PDF"
        if not folder.is_dir():
            raise InputError("there is no such folder", where=folder, hint=hint)
        with explained(folder, "read the folder"):
            found = find_sources(folder, reserved=INDEX)
        if not found.documents and not found.refused:
            # What is there instead may be what somebody took for a document.
            hint = "; ".join(filter(None, [counted_reasons(found.skipped), hint]))
            raise InputError("there is no document in this folder", where=folder, hint=hint)
        return found

    def id_of(self, source: Path) -> str:
        """The id of a source document."""
        return document_id(self.corpus / self.source, source)

    def present(self) -> dict[str, Path]:
        """The source documents by id; none when the folder is missing or empty."""
        with suppress(InputError):
            return self.sources()
        return {}

    def target_file(self, document: str) -> Path:
        """The English text of a document: the same file name as the source's, also when the source is gone."""
        sources, texts = f"{self.corpus}/{self.source}", f"{self.corpus}/{self.target}"
        place = place_of(sources, document)
        name, folder = text_name(document, place), Path(sources, place)
        # the usual case first: no folder need be listed
        has_text = os.path.exists(f"{sources}/{place}/{name}")  # noqa: PTH110 - of many thousand files
        if not has_text and folder.is_dir():
            odd = _odd_names(folder, folder.stat().st_mtime_ns).get(name.removesuffix(".txt"))
            has_text, name = bool(odd), odd or name
        own, flat = Path(texts, place, name), f"{texts}/{document}.txt"
        if own.exists():
            return own
        # where versions that knew no folders had it
        if place and os.path.exists(flat):  # noqa: PTH110 - as above
            return Path(flat)
        return own if has_text else self.former_target_file(document)

    def english_of(self, document: str, source: Path) -> Path:
        """The English text of a document with this source: named as a plain text is, else as the document."""
        sources = self.corpus / self.source
        place = place_of(sources, document)
        # people look for the translation under the name of the text
        same = source.suffix.lower() == ".txt" and source.parent == sources / place
        own = self.corpus / self.target / place / (source.name if same else text_name(document, place))
        flat = self.corpus / self.target / f"{document}.txt"
        return flat if place and flat.exists() and not own.exists() else own

    def extract_files(self, document: str) -> tuple[Path, Path]:
        """The text that was read from a source that is not plain text, and the map to it."""
        text, mapped = (f"{document}.{self.source}.{ending}" for ending in ("txt", "map.jsonl"))
        folder, sources = f"{self.corpus}/extracted", f"{self.corpus}/{self.source}"
        return lying(folder, document, text, sources), lying(folder, document, mapped, sources)

    def former_target_file(self, document: str) -> Path:
        """The English text of a document under the name that its bitext gives it; without a bitext, that of its id."""
        texts, places = self.corpus / self.target, possible_places(document)
        usual = place_of(self.corpus / self.source, document)
        found = [texts / place / text_name(document, place) for place in (usual, *places)]
        with suppress(AlignerError):
            # The source is gone, but its name may have had capitals or accents that the id has not.
            former = Path(read_bitext(self.bitext_file(document)).target.file)
            named = [texts / place / former.name for place in (usual, *places)]
            is_ours = (each.suffix.lower() == ".txt" and document_id(texts, each) == document for each in named)
            found = [each for each, ours in zip(named, is_ours, strict=True) if ours] or found
        return next((each for each in found if each.exists()), found[0])

    def draft_file(self, document: str) -> Path:
        """The note of what we wrote last as the English text of a document: its SHA-256."""
        return hidden(f"{self.cache}/drafts", document, f"{document}.{self.pair}")

    def bitext_file(self, document: str) -> Path:
        """The aligned pairs of a document."""
        sources, name = f"{self.corpus}/{self.source}", f"{document}.{self.pair}.jsonl"
        return lying(f"{self.corpus}/bitext", document, name, sources)

    def export_file(self, document: str, export: Export) -> Path:
        """The file of a document in an export."""
        return self.output_file(export.folder, document, export.filename.format(id=document, pair=self.pair))

    def output_file(self, folder: str, document: str, name: str) -> Path:
        """The file of a document with this name in a folder of outputs beside the corpus."""
        return lying(f"{self.output}/{folder}", document, name, f"{self.corpus}/{self.source}")

    def bitext(self, document: str) -> Bitext:
        """The aligned pairs of a document; InputError when there are none or the file is damaged."""
        return read_bitext(self.bitext_file(document))

    def bitexts(self) -> Sequence[str]:
        """The ids of the documents that have aligned pairs, in order."""
        return documents_in(self.corpus / "bitext", f".{self.pair}.jsonl")

    def extracted(self) -> Sequence[str]:
        """The ids of the documents of which there is what was read from their sources, in order."""
        return documents_in(self.corpus / "extracted", f".{self.source}.map.jsonl")

    def remove_empty_folders(self, gone: Path) -> None:
        """Remove the folders, within those of the outputs, that are empty now that one of our files is gone.

        The folders of all outputs stay, and so does whatever is not empty.
        """
        tops = {self.corpus / name for name in (self.target, "bitext", "extracted")}
        tops |= {self.output / export.folder for export in EXPORTS.values()}
        with suppress(OSError):  # not empty, or a link: it stays
            for folder in gone.parents:
                if not tops.intersection(folder.parents):
                    return
                folder.rmdir()

    def state(self) -> tuple[int, ...]:
        """What changes whenever the pairs of a document are replaced, come or go."""
        return state_of(self.corpus / "bitext", f".{self.pair}.jsonl")

    def left_over(self) -> list[str]:
        """The ids of the documents that have aligned pairs but no source any more, in order.

        There are none where the whole folder of sources is missing: a corpus may be handed on without it.
        """
        if not (self.corpus / self.source).is_dir():
            return []
        sources = self.present()
        return [document for document in self.bitexts() if document not in sources]

    def paired(self) -> list[str]:
        """The ids of the documents that have aligned pairs and are not left over, in order."""
        left = set(self.left_over())
        return [document for document in self.bitexts() if document not in left]

    def documents(self, wanted: Sequence[str] | None) -> list[str]:
        """The ids asked for, or all that have aligned pairs and are not left over.

        A warning names those that are left over: they are passed over unless they are asked for; another one those
        whose source changed since they were aligned. Raises InputError when there is no document or when one is
        unknown.
        """
        known, left = self.bitexts(), set(self.left_over())
        hint = "run `aligner run` first"
        if not known:
            raise InputError("there are no aligned pairs", where=self.corpus / "bitext", hint=hint)
        # a document that is asked for by name and is not there is a mistake, not nothing to do
        for document in wanted or []:
            if document not in known:
                raise InputError(f"there are no aligned pairs of '{document}'", where=self.corpus / "bitext", hint=hint)
        found = list(wanted or (document for document in known if document not in left))
        if concerned := sorted(left.intersection(wanted or left)):
            log.warning("%s", describe_left_over(concerned))
        if not found:
            raise InputError("no document has a source", where=self.corpus / self.source, hint="put one there")
        # here, not above: it asks the state, which needs this module
        from aligner.corpus.stale import changed_sources, describe_changed

        if changed := changed_sources(self, found):
            log.warning("%s", describe_changed(changed))
        return found

    def relative(self, path: Path) -> str:
        """A path as records name it: relative to the folder of the corpus, with forward slashes."""
        base = self.corpus.parent.resolve()
        full = path.resolve()
        # relative, so that a corpus that is moved keeps its records
        return full.relative_to(base).as_posix() if full.is_relative_to(base) else full.name


def open_project(corpus: Path, languages: Languages = USUAL_LANGUAGES, *, output: Path | None = None) -> Project:
    """The project of a corpus folder; exports lie beside that folder unless `output` says otherwise."""
    return Project(corpus, output or BESIDE, languages)


def collected(project: Project, documents: Sequence[str]) -> Iterator[dict[str, object]]:
    """Documents with their English, as `aligner.documents.collection` writes them; those without English left out."""
    sources = project.present()
    for document in documents:
        english = project.target_file(document)
        if document in sources and english.exists():
            reading = read_document(sources[document], language=project.source, id=document)
            record, usual = asdict(reading.document.record), asdict(Record())
            said = {name: v for name, v in record.items() if isinstance(v, str) and v != usual[name]}
            text, translation = reading.document.text, read_text(english)[0]
            yield {"id": document, "text": text, "translation": translation, "record": said}


def describe_left_over(documents: Sequence[str]) -> str:
    """A sentence that names documents that are left over.

    >>> describe_left_over(["brics"])
    '1 document is left over: its source is gone (brics); put it back, or see `aligner prune`'
    """
    names = ", ".join([*documents[:_NAMED], *(["…"] if len(documents) > _NAMED else [])])
    if len(documents) == 1:
        return f"1 document is left over: its source is gone ({names}); put it back, or see `aligner prune`"
    some = counted(len(documents), "document")
    return f"{some} are left over: their sources are gone ({names}); put them back, or see `aligner prune`"


@lru_cache(maxsize=8)
def _odd_names(folder: Path, changed: int) -> dict[str, str]:  # noqa: ARG001 - a changed folder is read again
    """The plain texts in a folder whose names are not their ids, by id."""
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".txt" and not path.name.startswith("."):
            with suppress(InputError):
                if (name := f"{document_id(folder, path)}") + ".txt" != path.name:
                    found.setdefault(name, path.name)
    return found


def read_bitext(path: Path) -> Bitext:
    """Read one bitext from the store; InputError when it is missing or damaged."""
    if not path.exists():
        raise InputError("there are no aligned pairs", where=path, hint="run `aligner run` first")
    return parse_bitext(read_bytes(path), path)


def parse_bitext(data: bytes, path: Path) -> Bitext:
    """The bitext in the content of a file of the store; InputError, with the file's name, when it is damaged."""
    jsonl = FORMATS["jsonl"]
    assert jsonl.read is not None  # noqa: S101 - the store's own format is always readable
    return next(iter(jsonl.read(_Content(data, path))))


class _Content(io.BytesIO):
    """The content of a file, read before."""

    def __init__(self, data: bytes, path: Path) -> None:
        super().__init__(data)
        self.name = str(path)


def write_bitext(path: Path, bitext: Bitext) -> None:
    """Write one bitext to the store, whole or not at all."""
    with writing(path) as stream:
        FORMATS["jsonl"].write([bitext], stream, WriteOptions(keep_boilerplate=True))


def stored_form(bitext: Bitext) -> bytes:
    """A bitext as the store keeps it: with its boilerplate, or the next run would not know what was set aside."""
    stream = io.BytesIO()
    FORMATS["jsonl"].write([bitext], stream, WriteOptions(keep_boilerplate=True))
    return stream.getvalue()
