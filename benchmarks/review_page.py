"""Post-editing with the keyboard alone, counted key by key, beside OmegaT's keys for the same edits.

    python -m benchmarks.review_page CORPUS DOCUMENT [--sentences N]

CORPUS has been run (`aligner run`); a copy of it is served by `aligner review` and edited in a real browser (Chromium,
Playwright). Of every five drafts three are accepted as they are, of one the last two words are written again, and one
becomes another rendering of the model. Printed are the keys that give commands, the letters typed, the seconds by the
clock (the computer types at once: they are the page's and the server's), whose the texts are afterwards, and the
commands that OmegaT's manual gives for the same: Ctrl+R takes the chosen match, Ctrl+2 chooses the second, Enter goes
on.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
ACCEPT, REWRITE, OTHER = "accepted as it is", "last words written again", "another rendering"
TURNS = (ACCEPT, ACCEPT, ACCEPT, REWRITE, OTHER)
OURS = {ACCEPT: ("a",), REWRITE: ("e", "Control+Backspace", "Control+Backspace", "Control+Enter"),
        OTHER: ("e", "Alt+digit", "Control+Enter")}  # fmt: skip
OMEGAT = {ACCEPT: ("Ctrl+R", "Enter"), REWRITE: ("Ctrl+R", "Ctrl+Backspace", "Ctrl+Backspace", "Enter"),
          OTHER: ("Ctrl+2", "Ctrl+R", "Enter")}  # fmt: skip
TYPED = "worldwide."
IS_RENDERING = "button => !button.closest('li').textContent.includes('→')"


def main() -> None:
    """Serve a copy of the corpus, edit, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("document")
    parser.add_argument("--sentences", type=int, default=40)
    choices = parser.parse_args()
    turns = [TURNS[number % len(TURNS)] for number in range(choices.sentences)]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(choices.corpus, Path(folder) / "corpus")
        command = [sys.executable, "-m", "aligner", "review", "--no-open", "--by", "benchmark", choices.document]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        try:
            said = process.stdout.readline() if process.stdout else ""
            edit(said.split()[-1], turns)
        finally:
            process.terminate()
            process.wait()
    for name in (ACCEPT, REWRITE, OTHER):
        print(f"{name}: {turns.count(name)}; here {len(OURS[name])} keys, OmegaT {len(OMEGAT[name])}")
    for who, keys in (("here", OURS), ("OmegaT", OMEGAT)):
        print(f"{who}: {sum(len(keys[turn]) for turn in turns)} keys, {len(TYPED) * turns.count(REWRITE)} letters")


def edit(address: str, turns: list[str]) -> None:
    """Make the edits in the browser."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.wait_for_selector("#beads")
        page.keyboard.press("J")
        start = time.monotonic()
        for turn in turns:
            for key in OURS[turn]:
                if key == "Alt+digit":
                    page.wait_for_function(f"() => dom.all('.offered').some({IS_RENDERING})")
                    number = page.evaluate(f"dom.all('.offered').findIndex({IS_RENDERING}) + 1")
                    page.keyboard.press(f"Alt+{number}")
                    continue
                if turn == REWRITE and key == "Control+Enter":
                    page.keyboard.type(TYPED)
                page.keyboard.press(key)
        page.wait_for_function("() => dom.one('[data-part=state]').textContent === 'All saved'")
        print(f"{len(turns)} sentences in {time.monotonic() - start:.1f} s")
        kinds = page.evaluate("review.data.beads.map((bead) => `${bead.origin} ${bead.status}`)")
        print({kind: kinds.count(kind) for kind in sorted(set(kinds))})
        browser.close()


if __name__ == "__main__":
    main()
