"""How a person's text is stored and compared: in Python and in the page alike."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.editing.wordings import (
    is_known,
    plain_line,
    same,
    says,
)
from aligner.formats.exchange.fingerprints import fingerprint_0_1
from aligner.formats.exchange.notation import seg_text
from aligner.model import wording

SCRIPT = """
const source = require("fs").readFileSync(process.argv[1], "utf8");
const edits = eval(`${source.replace("const edits =", "globalThis.edits =")}; globalThis.edits`);
globalThis.bitext = { target: (bead) => bead.target.map((segment) => segment[1]).join(" ") };
const { lines, pairs } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const bead = (segments) => ({ target: segments.map((text) => ["1.1", text]) });
const found = pairs.map(([segments, text]) => edits.says(bead(segments), text));
console.log(JSON.stringify([lines.map(edits.line), found]));
"""
LETTERS = "a\u00e9e\u0301. \t\n\r\v\f\x85\u2028\u2029\u00a0\ufeff\u200b\x1c\x01\x7f\uffff\u3000\u202f"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Cafe\u0301", "Caf\u00e9"),  # NFD
        ("10\u00a0000", "10\u00a0000"),  # a no-break space inside stays
        ("Yes.  No.", "Yes.  No."),
        ("\u00a0 Yes. \u00a0", "Yes."),
        ("Yes.\u2028No.", "Yes. No."),
        ("Yes. \r\n \u2029\x85 No.\n", "Yes. No."),
        ("\ufeffYes\ufeff.", "Yes."),
        ("a\tb", "a\tb"),
        ("\x00a\ud800\x7f", "a"),
        (" \n\ufeff ", ""),
    ],
)
def test_a_text_is_stored_on_one_line(text: str, line: str) -> None:
    assert plain_line(text) == line
    assert plain_line(line) == line
    assert same(text, line)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Yes, no.", "Yes,\u00a0no. ", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("a\x0bb", "ab", True),  # as XML has it
        ("a\x0bb", "a b", True),  # as the page has it
        ("Yes.", "Yes", False),
        ("a b", "ab", False),
    ],
)
def test_white_space_and_composition_make_no_other_wording(one: str, other: str, alike: bool) -> None:
    assert same(one, other) is alike


def test_both_fingerprints_are_known() -> None:
    text = "Yes,\u00a0no."
    assert is_known("Yes, no.", wording(text))
    assert is_known(f" {text}", fingerprint_0_1(seg_text(text)))
    assert not is_known("Yes.", wording(text))
    assert not is_known("Yes.", "")


def test_the_page_does_the_same(root: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node.js on this machine")
    chance = random.Random(1)
    lines = ["".join(chance.choice(LETTERS) for _ in range(chance.randrange(12))) for _ in range(3000)]
    pairs = [[["Yes."], "Yes. "], [["Yes.", "No."], "Yes.\u00a0 No."], [["a b"], "a\u00a0b"], [[], ""], [["a"], ""]]
    pairs += [[["e\u0301t\u00e9"], "\u00e9t\u00e9"], [["a", "b"], "ab"], [["a"], "ab"]]
    asked = json.dumps({"lines": lines, "pairs": pairs})
    command = [node, "-e", SCRIPT, str(root / "aligner/pages/scripts/edits.js")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[plain_line(text) for text in lines], [says(*pair) for pair in pairs]]
