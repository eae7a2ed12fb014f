"""Ten thousand hostile texts through run, align, translate, check, every export and back.

Nothing may end in a traceback; what is refused is refused in a sentence; every line gives a line; what an export says
that it keeps comes back; a file that went out and came back untouched changes nothing. Start reading at `play`.
"""

from __future__ import annotations

import io
import random
import re
import shutil
from pathlib import Path

from aligner.corpus.store import open_project, read_bitext
from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Bitext
from tests.contract.test_formats import kept, pairs
from tests.soak.commands import sound, start
from tests.soak.trees import tree
from tests.soak.trial import Case, Played, demand

TEXTS = 200
"""Texts in a case: fifty cases are 10,000."""
SLOW = 120.0
"""Processor seconds that a command on such texts may take."""
PATIENCE = 1_200.0
"""Seconds after which it is given up, on however busy a machine."""
DOCUMENTS = 8
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz éèàùçœ’",
    "абвгдежзик ",
    "אבגדהוזחט ",
    "ابتثجحخ ",
    "漢字仮名交じり文。",
    "ไทยภาษา",
    "हिन्दी भाषा ",
    "한국어 ",
    "ΑΒΓαβγ ",
    "0123456789.,:; ",
    "!?…«»“”()[]{}",
    "\u0300\u0301\u0302\u0323\u0489",
    "😀👩‍🔬🇫🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿👨‍👩‍👧‍👦",
    "\u200b\u200d\u2060\ufeff\u00ad",
    "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069",
    "\x00\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85",
    "\u2028\u2029\x1c\x1d\x1e",
    "\ud800\udbff\udc00\udfff",
    "\ue000\uf8ff\U000f0000\ufffe\uffff\U0010ffff",
    "<>&\"'\\/`$%#@*_~^|=+-",
    "\t \u00a0\u202f\u3000",
    "ﬁﬂ½²³①Ⅳ℃㎏",
)
_SENTENCES = (
    "Le conseil s'est réuni.",
    "Il a adopté 3 textes le 1er mars 2027 à 18 h 30.",
    "« Oui », dit-elle.",
    "M. Dupont a signé.",
    "Art. 3. - La loi s'applique.",
    "https://exemple.fr/a?b=c&d=<e>",
    "=1+1",
    "{0} %s $1 ⦅ph⦆",
    "[0]:[1]:0.5",
    "<b>gras</b> &amp; &#0;",
)


def text(chance: random.Random, *, size: int = 0) -> str:
    """A hostile text: characters of a few alphabets, sentences among them."""
    parts: list[str] = []
    length = size or chance.choice((1, 3, 8, 15, 15, 30, 60, 150))
    while sum(map(len, parts)) < length:
        if chance.random() < 0.25:
            parts.append(chance.choice(_SENTENCES))
        else:
            alphabet = chance.choice(_ALPHABETS)
            parts.append("".join(chance.choice(alphabet) for _ in range(chance.randint(1, 12))))
    # Two halves side by side are one character to all that reads UTF-16 or JSON.
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def texts(chance: random.Random, count: int, *, large: bool) -> list[str]:
    """So many texts; with `large` a line of a megabyte and a word of 100 kB are among them."""
    found = [text(chance) for _ in range(count)]
    if large:
        found[0] = "Le conseil s'est réuni mardi. " * 33_000
        found[1] = chance.choice(("a", "é", "漢", "😀", "9")) * 100_000
        found[2] = text(chance, size=20_000)
    return found


def play(case: Case) -> Played:
    """Texts through everything."""
    chance = case.random
    made = texts(chance, TEXTS, large=case.number % 10 == 3)
    folder = case.folder / "work"
    (folder / "corpus/fr").mkdir(parents=True)
    _formats(made)
    figures = {
        "slowest command, s": max(
            _lines(folder, made), _documents(folder, chance, made), _align(folder, chance, made[3:43]), _exports(folder)
        )
    }
    return Played(len(made), figures=figures)


def _bytes(text: str) -> bytes:
    """A text as a file may hold it, damaged or not."""
    return text.encode("utf-8", "surrogatepass")


def _timed(arguments: list[str], folder: Path, *codes: int) -> float:
    ended = start(arguments, folder).wait(PATIENCE)
    sound(arguments, ended, *codes)
    demand(ended.seconds < SLOW, f"{' '.join(arguments)}: {ended.seconds:.0f} s")
    return ended.seconds


def _lines(folder: Path, made: list[str]) -> float:
    """Every line gives a line."""
    # a text with NULs in it is refused as a whole
    plain = [each.replace("\n", " ").replace("\r", " ").replace("\0", " ") for each in made if len(each) < 200_000]
    (folder / "lines.fr").write_bytes(b"".join(_bytes(each) + b"\n" for each in plain))
    spent = _timed(["translate", "--lines", "lines.fr", "-o", "lines.en", "--beam", "1"], folder, 0)
    found = (folder / "lines.en").read_bytes()
    found.decode("utf-8")
    demand(found.count(b"\n") == len(plain), f"{len(plain)} lines became {found.count(bytes([10]))}")
    return spent


def _documents(folder: Path, chance: random.Random, made: list[str]) -> float:
    """A run over documents of such texts: whole, or refused in a sentence."""
    for number in range(DOCUMENTS):
        some = made[number::DOCUMENTS]
        suffix = ("txt", "txt", "txt", "md", "html", "txt", "txt", "md")[number]
        joined = chance.choice(("\n", "\n\n", "\r\n", " ", "\u2028")).join(some)
        if number:  # with these no text is text: one document has them
            joined = re.sub("[\ud800-\udfff\0]", "", joined)
        if number > 3:  # and these few editors write
            joined = re.sub("[\x01-\x08\x0b-\x0c\x0e-\x1f\x7f]", "", joined)
        (folder / f"corpus/fr/d{number}.{suffix}").write_bytes(_bytes(joined))
    spent = _timed(["run", "--any-language", "--beam", "1"], folder, 0, 1, 2)
    spent = max(spent, _timed(["check"], folder, 0, 1, 2))
    before = tree(folder)
    spent = max(spent, _timed(["run", "--any-language", "--beam", "1"], folder, 0, 1, 2))
    changed = [name for name, data in tree(folder).items() if before.get(name) != data]
    demand(not changed, f"a second run changes {changed[:3]}")
    return spent


def _align(folder: Path, chance: random.Random, made: list[str]) -> float:
    """Two texts that have little to do with each other."""
    other = [each for each in made if chance.random() < 0.9]
    for name, some in (("a.fr", made), ("a.en", other)):
        (folder / name).write_bytes(_bytes(re.sub("[\ud800-\udfff\0]", "", "\n".join(some))))
    return max(
        _timed(["align", "a.fr", "a.en", "-f", form, "-o", f"a.{form}"], folder, 0, 2)
        for form in ("beads", "tmx", "jsonl")
    )


def _exports(folder: Path) -> float:
    """Every export of what could be run, and back: nothing has changed."""
    project = open_project(folder / "corpus")
    documents = list(project.bitexts())
    if not documents:
        return 0.0
    spent = 0.0
    for form in FORMATS:
        spent = max(spent, _timed(["export", "--format", form, "-o", f"out-{form}"], folder, 0, 2))
    for form in ("docx", "odt", "epub", "md", "html-document", "docx-table", "omegat-project"):
        spent = max(spent, _timed(["export", "--format", form, "-o", f"out-{form}"], folder, 0, 1, 2))
    before = tree(folder / "corpus")
    for form in ("tmx", "xliff", "xlsx", "tsv", "docx-table"):
        for path in sorted((folder / f"out-{form}").glob("*"))[:2]:
            spent = max(spent, _timed(["import", str(path.relative_to(folder))], folder, 0, 1))
            changed = [name for name, data in tree(folder / "corpus").items() if before.get(name) != data]
            demand(not changed, f"{path.name} came back untouched and changes {changed}")
    for document in documents:
        _back(read_bitext(project.bitext_file(document)))
    shutil.rmtree(folder / "out-tmx")
    return spent


def _back(bitext: Bitext) -> None:
    """A bitext through every format that can be read: its paired texts come back, or are refused."""
    for row in FORMATS.values():
        if row.read is None:
            continue
        stream = io.BytesIO()
        try:
            row.write([bitext], stream, WriteOptions())
        except InputError as error:
            demand(str(error).isprintable() or max(str(error)) >= "\ud800", f"{row.name}: {error}")
            continue
        stream.seek(0)
        list(row.read(stream))


def _formats(made: list[str]) -> None:
    """Pairs of the texts as they are through every format: what it says that it keeps is there again."""
    for start_ in range(0, len(made), 40):
        some = [each for each in made[start_ : start_ + 40] if len(each) < 30_000]
        for row in FORMATS.values():
            if row.read is None:
                continue
            sound_texts = [each for each in some if _fits(each, row.loses)]
            bitext = pairs(*sound_texts)
            stream = io.BytesIO()
            try:
                row.write([bitext], stream, WriteOptions(deduplicate=False))
            except InputError as error:
                demand("\n" not in str(error), f"{row.name}: {error!r}")
                continue
            stream.seek(0)
            found = [segment.text for each in row.read(stream) for segment in each.target.segments]
            wanted = [kept(row, f"[{each}]") for each in sound_texts]
            for want, have in zip(wanted, found, strict=False):
                demand(want == have, f"{row.name}: {have[:80]!r} came back, not {want[:80]!r}")
            demand(len(found) == len(wanted), f"{row.name}: {len(wanted)} pairs became {len(found)}")


def _fits(each: str, loses: str) -> bool:
    """Whether a text can be expected back: lone surrogates are named as lost or refused, each in its own way."""
    surrogate = any("\ud800" <= character <= "\udfff" for character in each)
    if surrogate and ("surrogate" in loses):
        return False
    from aligner.formats.xml.markup import xml_text

    return bool(xml_text(each).strip()) and bool(each.strip())
