"""SRX files: read, looked up by language, refused with one sentence; the packaged file is valid and correct Java."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from aligner.errors import InputError
from aligner.text import builtin_srx, load_srx, segment
from aligner.text.srx import parse_srx

SRX = """<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="{cascade}"/>
<body><languagerules>
<languagerule languagerulename="titles">
<rule break="no"><beforebreak>{before}</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule>
<languagerule languagerulename="all">
<rule><beforebreak>[.?!]+</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule>
</languagerules><maprules><languagemap languagepattern="(FR|fr).*" languagerulename="titles"/>
<languagemap languagepattern=".*" languagerulename="all"/></maprules></body></srx>"""
TEXT = "M. Roy vient. Il part."


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "rules.srx"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def texts(path: Path, language: str, text: str = TEXT) -> list[str]:
    return [s.text for s in segment(text, language, rules=load_srx(path))]


def test_cascade_adds_the_rules_of_every_map(tmp_path: Path) -> None:
    path = written(tmp_path, SRX.format(cascade="yes", before=r"\bM\."))
    assert texts(path, "fr") == ["M. Roy vient.", "Il part."]
    assert texts(path, "en") == ["M.", "Roy vient.", "Il part."]


def test_without_cascade_the_first_map_counts(tmp_path: Path) -> None:
    path = written(tmp_path, SRX.format(cascade="no", before=r"\bM\."))
    assert texts(path, "fr-CA") == [TEXT]
    assert texts(path, "de") == ["M.", "Roy vient.", "Il part."]


def test_order_decides() -> None:
    content = SRX.format(cascade="yes", before="[.]").replace('break="no"', 'break="yes"')
    assert len(parse_srx(content.encode(), name="x", where="x").rules_for("fr")) == 2


def test_signature_names_file_and_content(tmp_path: Path) -> None:
    one = load_srx(written(tmp_path, SRX.format(cascade="yes", before="a"))).signature
    two = load_srx(written(tmp_path, SRX.format(cascade="yes", before="b"))).signature
    assert re.fullmatch(r"rules\.srx [0-9a-f]{12} java", one)
    assert one != two
    assert builtin_srx().signature.startswith("segmentation.srx ")


def test_flavour_reaches_the_rules(tmp_path: Path) -> None:
    path = written(tmp_path, SRX.format(cascade="no", before="x"))
    text = "Oui.\u00a0Non."
    assert [s.text for s in segment(text, "en", rules=load_srx(path))] == [text]
    assert [s.text for s in segment(text, "en", rules=load_srx(path, flavour="icu"))] == ["Oui.", "Non."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not well-formed XML"),
        ("<srx", "not well-formed XML"),
        (b"\x00\xff\xfe", "not well-formed XML"),
        ("<tmx/>", "not an SRX 2.0 file"),
        ('<srx version="1.0"/>', "not an SRX 2.0 file"),
        ('<!DOCTYPE srx [<!ENTITY e "x">]><srx/>', "must not declare a document type"),
        ('<srx xmlns="http://www.lisa.org/srx20" version="2.0"/>', "maps no language"),
        (
            SRX.format(cascade="no", before="x").replace('languagerulename="all"/>', 'languagerulename="none"/>'),
            "'none'",
        ),
        (
            SRX.format(cascade="no", before="x").replace('languagepattern=".*"', 'languagepattern="("'),
            "language pattern",
        ),
    ],
)
def test_bad_files(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        load_srx(written(tmp_path, content))
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "rules.srx"))


@pytest.mark.parametrize(
    ("before", "reason"), [(r"(a)\1", "back-reference"), (r"(\w+\s?)+x", "for ever"), ("a++ab", "backwards")]
)
def test_a_rule_that_cannot_be_executed_is_named(tmp_path: Path, before: str, reason: str) -> None:
    srx = load_srx(written(tmp_path, SRX.format(cascade="no", before=before)))
    with pytest.raises(InputError) as caught:
        segment(TEXT, "fr", rules=srx)
    assert "titles, rule 1" in str(caught.value)
    assert reason in str(caught.value)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x", "utf-8")
    content = f'<!DOCTYPE srx [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + SRX.format(cascade="no", before="&e;")
    with pytest.raises(InputError, match="document type"):
        load_srx(written(tmp_path, content))


def test_a_language_without_a_map_is_refused_and_those_that_have_one_named(tmp_path: Path) -> None:
    content = SRX.format(cascade="no", before="x").replace('languagepattern=".*"', 'languagepattern="zz"')
    with pytest.raises(InputError, match=r"there are no rules for 'en' in this file, only for \(FR\|fr\)\.\*, zz; add"):
        texts(written(tmp_path, content), "en")


def test_a_map_of_one_variety_is_for_the_language_too(tmp_path: Path) -> None:
    content = SRX.format(cascade="no", before=r"\bM\.").replace("(FR|fr).*", "fr-CA").replace('".*"', '"de"')
    assert texts(written(tmp_path, content), "fr") == [TEXT]
    with pytest.raises(InputError, match="there are no rules for 'fr-BE'"):
        texts(written(tmp_path, content), "fr-BE")


def test_a_comment_in_a_rule_is_no_part_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, SRX.format(cascade="yes", before=r"\bM\.<!-- monsieur -->"))
    assert texts(path, "fr") == ["M. Roy vient.", "Il part."]


def test_the_sample_of_omegat_runs(shared: Path) -> None:
    srx = load_srx(shared / "schemas" / "omegat_segmentation_sample" / "segmentation.srx")
    assert [s.text for s in segment("« Oui ! » dit M. Roy. Non.", "fr", rules=srx)] == ["« Oui ! » dit M. Roy.", "Non."]


def test_the_packaged_file_is_valid(schemas: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(schemas / "srx20.xsd")))
    assert schema.validate(etree.fromstring(builtin_srx().content).getroottree()), schema.error_log


@pytest.mark.skipif(shutil.which("java") is None, reason="needs a Java runtime")
def test_every_packaged_expression_is_java(tmp_path: Path) -> None:
    source = tmp_path / "Check.java"
    source.write_text(
        "import java.nio.file.*; import java.util.regex.Pattern; class Check { public static void main(String[] a)"
        " throws Exception { for (String l : Files.readAllLines(Path.of(a[0]))) Pattern.compile(l); } }",
        "utf-8",
    )
    rules = {part for r in builtin_srx().rules for rule in r.rules for part in (rule.before, rule.after)}
    lines = tmp_path / "expressions"
    lines.write_text("\n".join(sorted(rules)), "utf-8")
    subprocess.run(["java", str(source), str(lines)], check=True, capture_output=True, timeout=120)


def test_packaged_rules_use_only_what_means_the_same_everywhere() -> None:
    for language_rule in builtin_srx().rules:
        for rule in language_rule.rules:
            assert not re.search(r"\\[bBwWdDhHR]|\(\?[a-zA-Z]|[*+?}]\+", rule.before + rule.after), rule.name
