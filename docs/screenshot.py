"""Take the pictures of the review page that the README and docs/review.md show.

    pip install playwright            (and a Chromium from the system: apt-get install chromium)
    python docs/screenshot.py review/2024-11-12-chine-russie-consultation.html docs/images/review.png
    python docs/screenshot.py review/2023-09-20-chine-russie-consultations.html editing.png --bead 5.1 --write "China …"
    python docs/screenshot.py "http://127.0.0.1:8080/…?token=…" docs/images/beside.png --bead 5.2 --write "Regional …"

The page is opened from disk in headless Chromium, scrolled to ``--bead`` if one is named, and photographed at
1360 × 900; with ``--write`` the English of the bead is being rewritten. The letters are the machine's; with Charis
SIL and Inter installed they look as intended (apt-get install fonts-sil-charis fonts-inter-variable).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main() -> int:
    """Read the command line, take the picture, say where it is."""
    parser = argparse.ArgumentParser(description="Take a picture of a review page.")
    parser.add_argument("page", help="an HTML file made by aligner, or the address that `aligner review ID` prints")
    parser.add_argument("picture", type=Path, help="the PNG file to write")
    parser.add_argument("--bead", default="", help="the bead to show, e.g. 5.1 (default: the top of the page)")
    parser.add_argument("--write", default="", metavar="TEXT", help="open the editor of the bead and write this")
    parser.add_argument("--dark", action="store_true", help="in dark colours")
    parser.add_argument("--width", type=int, default=1360)
    parser.add_argument("--height", type=int, default=900)
    choices = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    served = choices.page.startswith("http://127.0.0.1:")
    if program is None or not (served or Path(choices.page).is_file()):
        sys.stderr.write("needs a review page and Chromium (apt-get install chromium)\n")
        return 3 if program is None else 2
    take(choices, program)
    sys.stdout.write(f"{choices.picture}\n")
    return 0


def take(choices: argparse.Namespace, program: str) -> None:
    """Open the page and photograph what is in view."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(
            viewport={"width": choices.width, "height": choices.height},
            color_scheme="dark" if choices.dark else "light",
            device_scale_factor=1.5,
        )
        if choices.page.startswith("http"):
            page.goto(choices.page)  # which gives the browser its cookie, and leads on
            page.wait_for_selector("#beads")
            address = page.url
        else:
            address = Path(choices.page).resolve().as_uri()
        page.goto(address + (f"#{choices.bead}" if choices.bead else ""))
        if choices.write:
            page.keyboard.press("e")
            page.fill(".editor textarea", choices.write)
            if choices.page.startswith("http"):
                page.wait_for_selector(".beside .offered", timeout=30_000)
                page.wait_for_timeout(3000)
        page.wait_for_timeout(500)
        choices.picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=choices.picture)
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
