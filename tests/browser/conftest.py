"""A real browser: Debian's Chromium driven by Playwright. Tests are skipped with a reason where either is absent."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aligner.checks import Finding
from aligner.model import Bitext, Kind, Origin, Provenance, Record, Status, wording
from aligner.pages import PageOptions, render_page
from tests import make

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

MAKER = "translate-fr_en 0.5 3f0c3f0c3f0c3f0c"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AS_IS = PageOptions()
RECORD = Record("Un titre")

Unit = tuple[list[str], list[str], dict[str, Any]]
"""The source segments and the target segments of a bead, and its other fields."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (pip install playwright)")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@cache
def page_of(bitext: Bitext, options: PageOptions, findings: tuple[Finding, ...] = (), version: str = "") -> str:
    """The page, made once for all tests that open it."""
    return render_page(bitext, options=options, findings=findings, version=version)


class Visit:
    """An open page, what it complained about and what it asked the network for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(20_000)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._refuse)
        page.on("request", lambda request: self.requests.append(request.url))

    def _refuse(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            dialog.accept()
            return
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def reload(self) -> None:
        """Load the page again, leaving whatever is unsaved; the browser has had time to store what it keeps."""
        self.page.wait_for_timeout(200)
        self.page.reload()

    def twin(self) -> Visit:
        """The same page in another tab."""
        other = Visit(self.page.context.new_page())
        other.page.goto(self.page.url)
        return other

    def shown(self) -> list[str]:
        """The locators of the beads that are not filtered out, in the order of the page."""
        beads: list[str] = self.page.eval_on_selector_all(
            ".bead:not(.aside):not([hidden])", "all => all.map(bead => bead.id)"
        )
        return beads

    def edits(self) -> list[dict[str, Any]]:
        """The edits that the page holds."""
        held: list[dict[str, Any]] = self.page.evaluate("review.pending")
        return held

    def english(self) -> dict[str, str]:
        """The English of every bead, by its locator."""
        texts: dict[str, str] = self.page.evaluate(
            "Object.fromEntries(review.data.beads.map(bead => [bitext.locator(bead), bitext.target(bead)]))"
        )
        return texts

    def choose(self, name: str, value: str) -> None:
        """Choose something in the filters, opening them if need be."""
        field = self.page.locator(f".toolbar select[name={name}]")
        if not field.is_visible():
            self.page.get_by_role("button", name="Filters").click()
        field.select_option(value)

    def figure(self, name: str) -> str:
        """A figure of the document, behind its button."""
        return " ".join((self.page.locator(f"[data-figure={name}]").text_content() or "").split())

    def save_edits(self, name: str = "Ada") -> Any:
        """Save the edits as a file, giving a name when asked for one; the download."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Save edits").click()
            if self.page.locator("#name-dialog").is_visible():
                self.page.fill("#name-dialog input", name)
                self.page.keyboard.press("Enter")
        return download.value

    def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def current(self) -> str | None:
        """The locator of the bead that the reader stands on."""
        here: str | None = self.page.evaluate("document.querySelector('.bead.current')?.id ?? null")
        return here


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Write a bitext's page to disk and open it there; the other arguments go to the browser context."""
    contexts = []

    def open_page(
        bitext: Bitext,
        *,
        anchor: str = "",
        options: PageOptions = AS_IS,
        findings: tuple[Finding, ...] = (),
        version: str = "1",
        script: str = "",
        **context: Any,
    ) -> Visit:
        file = tmp_path / "page.html"
        file.write_text(page_of(bitext, options, findings, version), encoding="utf-8")
        contexts.append(browser.new_context(**{"viewport": {"width": 1300, "height": 800}, **context}))
        visited = Visit(contexts[-1].new_page())
        if script:
            visited.page.add_init_script(script)
        visited.page.goto(file.as_uri() + anchor)
        return visited

    yield open_page
    for context in contexts:
        context.close()


def build(units: list[Unit], *, identifier: str = "page", record: Record = RECORD) -> Bitext:
    """A bitext of one paragraph a bead."""
    provenance = Provenance(created="2026-01-01T00:00:00Z", changed="2026-01-01T00:00:00Z", signature="aligner:0")
    return make.bitext(*units, name=identifier, record=record, provenance=provenance)


@pytest.fixture
def reading() -> Bitext:
    """Seven beads that differ in everything a reader can filter by."""
    draft: dict[str, Any] = {"origin": Origin.MACHINE}
    return build(
        [
            (["Page d'accueil"], [], {"kind": Kind.EXCLUDED, "origin": Origin.NONE}),
            (
                ["L’été est\u00a0venu."],
                ["Summer has come to us all."],
                {**draft, "confidence": 0.97, "quality": 0.7, "maker": MAKER, "machine": "Summer is there to us all."},
            ),
            (["Il pleut.", "Il vente."], ["Rain and wind."], {**draft, "confidence": 0.6, "status": Status.ACCEPTED}),
            (["Personne ne répond."], [], {"confidence": 0.3, "origin": Origin.NONE}),
            ([], ["A remark."], {"confidence": 0.4, "status": Status.REJECTED, "note": "Where from?"}),
            (
                ["La paix règne."],
                ["Peace reigns."],
                {**draft, "kind": Kind.CONSTRUCTED, "quality": 0.9, "maker": MAKER, "machine": "Peace reigns."},
            ),
            (
                ["Il part."],
                ["He leaves."],
                {"confidence": 0.8, "status": Status.EDITED, "machine": "He goes.", "written": (wording("He goes."),)},
            ),
        ]
    )


@pytest.fixture
def shapes() -> Bitext:
    """Beads of every shape, numbered sides, changes across segments, flags, findings and a locked bead."""
    machine: dict[str, Any] = {"origin": Origin.MACHINE, "quality": 0.61, "maker": MAKER}
    accepted: dict[str, Any] = {**machine, "status": Status.ACCEPTED, "kind": Kind.CONSTRUCTED}
    edited: dict[str, Any] = {"status": Status.EDITED, "kind": Kind.CONSTRUCTED, "written": (wording("Old."),)}
    return build(
        [
            (["Un.", "Deux."], ["One.", "Two."], {**machine, "machine": "One. Three.", "flags": ("split", "odd")}),
            (["Trois."], ["Three,", "and more."], {"confidence": 0.125, "kind": Kind.LOCKED}),
            (["A.", "B.", "C."], ["D.", "E.", "F.", "G."], {"confidence": 0.985, "machine": "Nothing of the kind."}),
            (["Il y en a 12."], ["There are 13 of of them."], {**machine, "machine": "There are 12 of them."}),
            (["Seul."], [], {"confidence": 0.2, "origin": Origin.NONE, "machine": "Alone."}),
            ([], ["An addition.", "And another."], {"by": "Ana", "changed": "2026-01-02T03:04:05Z", "note": "New?"}),
            (
                ["Fin."],
                ["End."],
                {"origin": Origin.MEMORY, "status": Status.ACCEPTED, "changed": "2026-01-02T03:04:05Z"},
            ),
            (["Neuf."], ["Nine."], {**accepted, "machine": "New.", "maker": "another 1 00"}),
            (["Vieux."], ["Aged."], {**edited, "machine": "Old."}),
            (["Vieux."], ["Aged."], {**edited, "machine": "Older."}),
            (["Sûr."], ["Sure."], {"kind": Kind.CONSTRUCTED, "status": Status.EDITED}),
        ]
    )


@pytest.fixture(scope="session")
def long_document() -> Bitext:
    """Five thousand beads."""
    words = [
        "la",
        "paix",
        "et",
        "la",
        "sécurité",
        "des",
        "peuples",
        "demandent",
        "un",
        "effort",
        "commun",
        "que",
        "rien",
        "ne",
        "remplace",
        "dans",
        "la",
        "durée",
    ]
    units: list[Unit] = []
    for number in range(5_000):
        source = f"Phrase {number} : {' '.join(words[number % 7 :] * (1 + number % 3))}."
        target = source.replace("paix", "peace").replace("et", "and")
        fields = {
            "confidence": (number * 37 % 101) / 100,
            "origin": Origin.MACHINE,
            "machine": f"Well, {target}" if number % 4 == 0 else target,
        }
        units.append(([source], [target], fields))
    return build(units)


@pytest.fixture
def hostile_document() -> Bitext:
    """Text, note, name and record that all try to break out of the page."""
    attack = (
        '<script>window.broken = 1; alert(1)</script><img src=x onerror="window.broken = 1">'
        "</style></title></bdi><svg onload=alert(1)> --> javascript:alert(1) \u202edoc.exe\u2066 \u2028 &lt;b&gt; ' \""
    )
    fields = {"machine": attack + "?", "note": attack, "by": attack, "changed": attack, "origin": Origin.MACHINE}
    record = Record(attack, attack, attack, attack, "javascript:alert(1)", attack)
    return build([([attack], [attack], fields)], identifier=attack, record=record)
