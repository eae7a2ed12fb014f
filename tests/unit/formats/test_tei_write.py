"""TEI that validates, resolves and can be cited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from aligner.errors import InputError
from aligner.formats.tei.write import split
from aligner.model import Bead, Bitext, Kind, Provenance, Record, Role, Segment, Side
from tests import make
from tests.unit.formats.citation import bare, resolve

Write = Callable[..., bytes]
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "http://www.w3.org/XML/1998/namespace"
ID = f"{{{XML}}}id"
POINTING = ("target", "corresp", "ana", "resp", "who", "domains")


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def small(segments: list[Segment], **changes: object) -> Bitext:
    beads = tuple(Bead((k,), ()) for k in range(len(segments)))
    return replace(Bitext("small", Side("fr", tuple(segments)), Side("en", ()), beads), **changes)  # type: ignore[arg-type]


def variants(sample: Bitext) -> dict[str, tuple[list[Bitext], dict[str, object]]]:
    bare_record = replace(sample, record=Record(), provenance=Provenance())
    odd = replace(sample, id="²-é", record=replace(sample.record, licence="https://example.org/l", date="vers 1900"))
    excluded = [Segment("Partager", 0, 8, 1, 1, Role.BOILERPLATE, "share")]
    return {
        "sample": ([sample], {}),
        "with boilerplate": ([sample], {"keep_boilerplate": True}),
        "locale": ([sample], {"locale": {"fr": "fr-FR", "en": "en-GB"}}),
        "nothing known": ([bare_record], {}),
        "odd id": ([odd], {}),
        "only boilerplate": ([small(excluded, beads=(Bead((0,), (), kind=Kind.EXCLUDED),))], {}),
        "empty": ([small([])], {}),
        "corpus": ([sample, odd, bare_record := replace(bare_record, id="third")], {}),
    }


def test_split_into_three_files_that_point_to_one_another(sample: Bitext) -> None:
    files = {name: tree(data) for name, data in split(sample).items()}
    stem = "2023-05-03-geneve"
    assert list(files) == [f"{stem}.fr.xml", f"{stem}.en.xml", f"{stem}.fr-en.xml"]
    ids = {name: {e.get(ID) for e in root.iter() if e.get(ID)} for name, root in files.items()}
    for name, root in files.items():
        for pointer in (p for e in root.iter() for a in POINTING for p in e.get(a, "").split()):
            file, _, target = pointer.partition("#")
            assert target in ids[file or name], pointer
    link = next(e for e in files[f"{stem}.fr-en.xml"].iter(f"{TEI}link") if e.get(ID) == "al.3.2")
    assert link.get("target") == f"{stem}.fr.xml#fr.3.2 {stem}.en.xml#en.2.2"


@pytest.mark.slow
def test_valid_by_all_of_tei(sample: Bitext, written: Write, tei_rng: etree.RelaxNG) -> None:
    for name, (bitexts, options) in variants(sample).items():
        assert tei_rng.validate(tree(written("tei", *bitexts, **options))), (name, tei_rng.error_log)
    for name, data in split(sample).items():
        assert tei_rng.validate(tree(data)), (name, tei_rng.error_log)


def test_ids_are_unique_and_pointers_resolve(sample: Bitext, written: Write) -> None:
    for name, (bitexts, options) in variants(sample).items():
        root = tree(written("tei", *bitexts, **options))
        ids = [value for element in root.iter() if (value := element.get(ID))]
        assert len(ids) == len(set(ids)), name
        pointers = [p for e in root.iter() for a in POINTING for p in e.get(a, "").split() if p.startswith("#")]
        assert {pointer[1:] for pointer in pointers} <= set(ids), name


def test_citations_resolve_to_their_sentences(sample: Bitext, written: Write) -> None:
    root = bare(written("tei", sample, keep_boilerplate=True))
    for side in (sample.source, sample.target):
        for segment in side.segments:
            assert resolve(root, f"{side.language}:{segment.locator}") == segment.text
    assert resolve(root, "fr:7") == "La séance est levée. Ouf."


def test_citations_resolve_in_a_corpus(sample: Bitext, written: Write) -> None:
    root = bare(written("tei", replace(sample, id="one"), replace(sample, id="two")))
    for edition in root.iter("TEI"):
        declaration = edition.find(".//refsDecl")
        assert declaration is not None
        assert resolve(declaration.getroottree().getroot(), "fr:1.1")
        texts = edition.xpath(declaration.find("citeStructure").get("match"))
        assert [text.xpath("string(ancestor::TEI/@xml:id)") for text in texts] == [edition.get(ID)] * 2


@pytest.mark.parametrize("options", [{}, {"keep_boilerplate": True}, {"locale": {"fr": "fr-FR", "en": "en-GB"}}])
def test_citations_resolve_in_a_tool_for_dts(
    sample: Bitext, written: Write, tmp_path: Path, options: dict[str, object]
) -> None:
    document = pytest.importorskip("dapytains.tei.document", reason="needs dapytains")
    path = tmp_path / "edition.xml"
    path.write_bytes(written("tei", sample, **options))
    opened = document.Document(str(path))
    root = bare(path.read_bytes())
    tags = [text.get(f"{{{XML}}}lang") for text in root.iter("text") if text.get(f"{{{XML}}}lang")]
    assert [unit.ref for unit in opened.get_reffs(None)] == tags
    for side, tag in zip((sample.source, sample.target), tags, strict=True):
        for segment in side.segments:
            if segment.role is not Role.BOILERPLATE or "keep_boilerplate" in options:
                passage = opened.get_passage(f"{tag}:{segment.locator}")
                assert "".join(passage.itertext()).strip() == segment.text.strip()


def test_beads(sample: Bitext, written: Write) -> None:
    root = tree(written("tei", sample))
    made = {e.get(ID): e for e in root.iter(f"{TEI}link", f"{TEI}ptr")}
    assert made["al.3.2"].get("target") == "#fr.3.2 #en.2.2"
    assert made["al.3.2"].get("cert") == "0.9"
    assert made["al.3.2"].get("resp") == "#reviewer.1"
    assert made["al.4.1.source"].get("target") == "#fr.4.1 #fr.4.2"
    assert made["al.4.1"].get("target") == "#al.4.1.source #en.3.1"
    assert made["al.5.1"].get("target") == "#fr.5.1 #al.5.1.target"
    assert (made["al.7.2"].tag, made["al.7.2"].get("type")) == (f"{TEI}ptr", "1-0")
    assert made["al.t7.1"].get("target") == "#en.7.1"
    assert "al.2.1" not in made


def test_structure(sample: Bitext, written: Write) -> None:
    text = bare(written("tei", sample, keep_boilerplate=True)).find(".//group")[0]
    assert [[e.tag for e in div] for div in text.iter("div")] == [
        ["head", "ab", "p", "p", "p", "p", "p"],
        ["head", "p"],
    ]
    (leftover,) = text.iter("ab")
    assert (leftover.get("type"), leftover[0].get("subtype")) == ("boilerplate", "breadcrumb")


def test_headings_in_a_row_share_a_division(written: Write) -> None:
    rows = [Segment("A", 0, 1, 1, 1, Role.HEADING), Segment("B", 2, 3, 2, 1, Role.HEADING), Segment("C.", 4, 6, 3)]
    divisions = list(bare(written("tei", small(rows))).iter("div"))
    assert [e.tag for e in divisions[0]] == ["head", "head", "p"]


def test_licence(sample: Bitext, written: Write) -> None:
    def availability(licence: str) -> tuple[str | None, str, str | None]:
        root = bare(written("tei", replace(sample, record=replace(sample.record, licence=licence))))
        found = root.find(".//availability")
        assert found is not None
        return found.get("status"), "".join(found.itertext()), found[0].get("target")

    assert availability("unknown") == ("unknown", "The licence of the source text is unknown.", None)
    assert availability("CC BY 4.0") == ("free", "CC BY 4.0", None)
    assert availability("all rights reserved") == (None, "all rights reserved", None)
    url = "https://creativecommons.org/licenses/by/4.0/"
    assert availability(url) == ("free", url, url)


def test_offsets_point_into_the_text_file(sample: Bitext, written: Write) -> None:
    root = bare(written("tei", sample))
    assert root.xpath("string(//s[@xml:id='fr.3.1']/@source)") == "text-fr:77,134"
    pattern = root.xpath("string(//prefixDef[@ident='text-fr']/@replacementPattern)")
    assert pattern == "corpus/fr/2023-05-03-geneve.txt#char=$1,$2"


def test_a_file_name_loses_what_xml_forbids(sample: Bitext, written: Write) -> None:
    root = tree(written("tei", replace(sample, source=replace(sample.source, file="a\ud800 b\x08.txt"))))
    patterns = [found.get("replacementPattern") for found in root.iter(f"{TEI}prefixDef")]
    assert patterns[0] == "a%20b.txt#char=$1,$2"


def test_what_cannot_be_expressed_is_refused(sample: Bitext, written: Write) -> None:
    with pytest.raises(InputError, match="both sides have the same language"):
        written("tei", replace(sample, target=replace(sample.target, language="fr")))
    with pytest.raises(InputError, match="small: the paragraph numbers do not grow"):
        written("tei", small([Segment("a", 0, 1, 1), Segment("b", 2, 3, 2), Segment("c", 4, 5, 1)]))
    with pytest.raises(InputError, match="at least one bitext"):
        written("tei")


def test_signatures_are_in_a_division_of_their_own(written: Write) -> None:
    text = "Article 1\nUn.\nArticle 2\nIl dure.\nFait à Paris, le 3 mai 2021.\nLe ministre,"
    body = next(tree(written("tei", make.bitext_of(text, text, name="acte"))).iter(f"{TEI}body"))
    found = [(each.get("n"), "".join(map(str, each.itertext())).strip().split("\n")[-1]) for each in body]
    assert found == [("1", "Un."), ("2", "Il dure."), (None, "Le ministre,")]
