"""What is shown, exported from a served page, is opened by the programs that it is for: OmegaT and LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_served import Enter, enter, server  # noqa: F401 - fixtures
from tests.end_to_end.omegat import need, translate

pytestmark = pytest.mark.browser

SHOWN = {"Un chat dort.": "A cat sleeps.", "Un chien court.": "A dog runs."}
Export = Callable[[str], Path]


@pytest.fixture
def export(enter: Enter, tmp_path: Path) -> Export:  # noqa: F811
    """Filter the page to two pairs, and save them in a form by its button."""
    visited: Visit = enter()
    visited.page.check("[name=pattern]", force=True)
    visited.page.fill("[name=text]", "chat|chien")
    visited.page.wait_for_function("() => dom.all('.bead:not([hidden], .aside)').length === 2")

    def save(form: str) -> Path:
        visited.page.evaluate("actions.share()")
        with visited.page.expect_download() as download:
            visited.page.get_by_role("button", name=form).click()
        file = tmp_path / "shared" / download.value.suggested_filename
        download.value.save_as(file)
        assert visited.complaints == []
        return file

    return save


def test_each_form_stands_beside_what_it_is_for(enter: Enter) -> None:  # noqa: F811
    page = enter().page
    page.evaluate("actions.share()")
    assert "`" not in page.locator("#bulk-dialog").inner_text()
    for offer in page.locator("#bulk-dialog .offer").all():
        words = offer.locator("b").evaluate("each => each.getBoundingClientRect().left + each.scrollWidth")
        assert words < offer.locator("span").bounding_box()["x"]
    page.set_viewport_size({"width": 390, "height": 800})
    assert all(offer.bounding_box()["height"] >= 44 for offer in page.locator("#bulk-dialog .offer").all())


def by_libreoffice(file: Path, form: str) -> str:
    """A file as LibreOffice reads it, written in a form of text."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice)")
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, "--outdir", file.parent, file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return file.with_suffix(f".{form.partition(':')[0]}").read_text("utf-8")


def test_omegat_translates_with_the_memory(export: Export, tmp_path: Path) -> None:
    need()
    project = tmp_path / "project"
    for folder in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (project / folder).mkdir(parents=True)
    (project / "source/new.txt").write_text("\n\n".join(SHOWN) + "\n", encoding="utf-8")
    (project / "omegat.project").write_text(PROJECT, encoding="utf-8")
    shutil.copy(export("TMX"), project / "tm/auto/d.tmx")
    assert SHOWN.items() <= translate(project).items()
    assert "A dog runs." in (project / "target/new.txt").read_text("utf-8")


def test_libreoffice_opens_the_workbook(export: Export) -> None:
    said = by_libreoffice(export("XLSX"), "csv:Text - txt - csv (StarCalc):44,34,76")
    for source, target in SHOWN.items():
        assert any(source in line and target in line for line in said.splitlines())
    assert "oiseau" not in said


def test_libreoffice_opens_the_table(export: Export) -> None:
    said = by_libreoffice(export("DOCX"), "txt:Text (encoded):UTF8")
    assert all(source in said and target in said for source, target in SHOWN.items())
    assert "oiseau" not in said


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>FR</source_lang><target_lang>EN</target_lang>
<sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
