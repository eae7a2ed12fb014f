"""The bitext that the tests of this room share, and the schemas of the formats, each compiled once."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from aligner.formats import FORMATS, WriteOptions
from aligner.model import Bead, Bitext, wording

Write = Callable[..., bytes]


@pytest.fixture
def sample(root: Path) -> Bitext:
    """Nine paragraphs with every kind of bead; reviewed by eye."""
    read = FORMATS["jsonl"].read
    assert read is not None
    with (root / "tests/golden/formats/sample.jsonl").open("rb") as stream:
        (bitext,) = read(stream)
    return bitext


@pytest.fixture(scope="session")
def written() -> Write:
    """Write bitexts in a format and return the bytes: ``written("tmx", bitext, tuid=False)``."""

    def write(name: str, *bitexts: Bitext, **options: object) -> bytes:
        stream = io.BytesIO()
        FORMATS[name].write(bitexts, stream, WriteOptions(**options))  # type: ignore[arg-type]
        return stream.getvalue()

    return write


@pytest.fixture(scope="session")
def gone_out() -> Callable[[Bitext], tuple[Bead, ...]]:
    """The beads of a bitext as a file that was sent out tells them: with one fingerprint, that of the target."""

    def beads(bitext: Bitext) -> tuple[Bead, ...]:
        return tuple(replace(bead, written=(wording(bitext.target_text(bead)),)) for bead in bitext.beads)

    return beads


@pytest.fixture(scope="session")
def tmx_dtd(schemas: Path) -> etree.DTD:
    return etree.DTD(str(schemas / "tmx14.dtd"))


@pytest.fixture(scope="session")
def tmx_xsd(shared: Path) -> etree.XMLSchema:
    """The conversion of the DTD that OmegaT 6.1 checks with; it has no licence, so that it is not in the repository."""
    return etree.XMLSchema(etree.parse(str(shared / "schemas/tmx14.xsd")))


@pytest.fixture(scope="session")
def tei_rng(schemas: Path) -> etree.RelaxNG:
    """All of TEI; compiling it takes some ten seconds."""
    return etree.RelaxNG(etree.parse(str(schemas / "tei_all.rng")))


@pytest.fixture(scope="session")
def xliff_xsd(schemas: Path) -> etree.XMLSchema:
    """XLIFF 1.2, strict."""
    return _schema(schemas, schemas / "xliff-core-1.2-strict.xsd")


@pytest.fixture(scope="session")
def xliff_2_xsd(schemas: Path, tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """XLIFF 2.0 with the modules for metadata and matches: a validator looks only at those that it is given."""
    path = tmp_path_factory.mktemp("xliff") / "all.xsd"
    names = {"document": "xliff_core_2.0.xsd", "metadata": "metadata.xsd", "matches": "matches.xsd"}
    imports = "".join(
        f'<xs:import namespace="urn:oasis:names:tc:xliff:{name}:2.0" schemaLocation="{schemas / file}"/>'
        for name, file in names.items()
    )
    path.write_text(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>', encoding="utf-8")
    return _schema(schemas, path)


def _schema(schemas: Path, path: Path) -> etree.XMLSchema:
    """A schema that imports that of the XML namespace, from wherever it says."""

    class Local(etree.Resolver):
        def resolve(self, url: str, _public: object, context: object) -> object:
            return self.resolve_filename(str(schemas / "xml.xsd"), context) if url.endswith("/xml.xsd") else None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(path), parser))
