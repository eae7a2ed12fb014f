"""Real small files, damaged in ways that keep their structure: a reader is taken past its first look.

    gzip      what is packed in it
    archive   a member's content, name, size or place; the archive's own bytes
    JSON      a value somewhere in it; lines of JSON one by one
    markup    tags, attributes, texts taken out, doubled, swapped, nested, filled with hostile texts
    bytes     flips, cuts, encodings, whatever it is

Start reading at `mutated`.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

LARGEST = 300_000
"""Bytes of a damaged file at most: the count of inputs matters here, size is tried among the hostile texts."""
HOSTILE = (
    "", " ", "\0", "\x1b[31m", "\u202e\u2066", "\ufeff", "\u2028\u2029\x85", "\ud800", "e\u0301" * 40, "👩‍👩‍👧‍👦🇫🇷",
    "٣٤٥", "ß" * 300, "a" * 5_000, "=1+1", "../../../etc/passwd", "C:\\nul", "<b>&amp;</b>", "]]>", "&lt;&#0;&#xD800;",
    "%s{0}", "-1", "0", "1e999", "NaN", "99999999999999999999", "²", "²³", "9" * 5_000, "null", "true", "fr", "xx-YY",
    "2026-13-45T99:99:99Z", "20260101T000000Z", "0001-01-01", "((a+)+)+$", "(?<n>x)\\k<n>", "[[a-z]&&[^b]]", "\\p{Lu}",
)  # fmt: skip
JSON_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**70, 1e308, float("nan"), float("inf"), "", "x", [], {}, [[]], [None],
    {"": None}, "a" * 2_000, -0.5, "0", [0, 1, 2, 3], *HOSTILE[:8],
)  # fmt: skip
_TOKENS = re.compile(r"<[^<>]{0,400}>|[^<>\s]+|\s+|[<>]")
_ATTRIBUTE = re.compile(r"([\w:.-]+)=(\"[^\"]*\"|'[^']*')")


def mutated(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A damaged copy of a file; `others` are files of the same kind to take pieces of."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if data[:2] == b"\x1f\x8b" and chance.random() < 0.5:
            data = _packed(chance, data, others)
        elif data[:4] == b"PK\x03\x04" and chance.random() < 0.85:
            data = _archive(chance, data, others)
        elif data.lstrip()[:1] in (b"{", b"[") and chance.random() < 0.8:
            data = _json(chance, data)
        elif data.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"<" and chance.random() < 0.8:
            data = _markup(chance, data)
        else:
            data = _bytes(chance, data, others)
    return data[:LARGEST]


def _archive(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:
        return _bytes(chance, data, others)
    if not parts:
        return data
    at = chance.randrange(len(parts))
    name, content = parts[at]
    match chance.randrange(12):
        case 0:
            del parts[at]
        case 1:
            parts.append(parts[at])
        case 2:
            parts[at] = (chance.choice(("../" + name, "/" + name, name.upper(), name + "/", "\u202e", "a\\b")), content)
        case 3:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 4:
            parts[at] = (name, b"")
        case _:
            parts[at] = (name, mutated(chance, content, [content]))
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            for name, content in parts:
                made.writestr(name or "x", content)
    return stream.getvalue()


def _packed(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return _bytes(chance, data, others)
    return gzip.compress(mutated(chance, content, [content]), 1, mtime=0)


def _json(chance: random.Random, data: bytes) -> bytes:
    try:
        lines = data.decode().splitlines()
        at = chance.randrange(len(lines))
        found = [json.loads(lines[at] if len(lines) > 1 else data)]
    except (ValueError, IndexError, RecursionError):
        return _bytes(chance, data, [data])
    place: Any = found
    key: Any = 0
    while isinstance(place[key], dict | list) and place[key] and chance.random() < 0.8:
        place = place[key]
        key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
    match chance.randrange(5):
        case 0 if isinstance(place, dict):
            del place[key]
        case 1 if isinstance(place, dict):
            place[chance.choice(HOSTILE)] = place[key]
        case 2 if isinstance(place, list) and place is not found:
            place.append(place[key])
        case _:
            place[key] = chance.choice(JSON_VALUES)
    made = json.dumps(found[0] if found else None, ensure_ascii=chance.random() < 0.5)
    if len(lines) > 1:
        lines[at] = made
        made = "\n".join(lines) + "\n"
    return made.encode("utf-8", "surrogatepass")


def _markup(chance: random.Random, data: bytes) -> bytes:  # noqa: C901 - a case for each kind of damage
    tokens = _TOKENS.findall(data.decode("utf-8", "replace"))
    if not tokens:
        return data
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        tags = [number for number in range(min(len(tokens), 3_000)) if tokens[number].startswith("<")]
        match chance.randrange(11):
            case 0:
                del tokens[at : at + chance.choice((1, 1, 3, 20))]
            case 1:
                tokens[at:at] = tokens[other : other + chance.choice((1, 3, 20))]
            case 2:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 3:
                tokens.insert(at, chance.choice(HOSTILE))
            case 4 if tags:
                tokens[chance.choice(tags)] = chance.choice(tokens)
            case 5 | 6 | 7 if tags:
                place = chance.choice(tags)
                tokens[place] = _other_attribute(chance, tokens[place])
            case 8 if tags:
                tag = tokens[chance.choice(tags)]
                tokens[at:at] = [tag] * chance.choice((2, 50, 400))
            case 9:
                tokens.insert(
                    0, chance.choice(('<!DOCTYPE a [<!ENTITY b "c">]>', "<?xml version='1.1'?>", "\ufeff", "<!--"))
                )
            case _:
                tokens[at] = chance.choice(HOSTILE)
        if not tokens:
            break
    text = "".join(tokens)[:LARGEST]
    encoding = chance.choice(("utf-8",) * 12 + ("utf-16", "latin-1", "utf-16-le", "utf-32"))
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _other_attribute(chance: random.Random, tag: str) -> str:
    """A tag with one of its attributes changed, doubled or taken out."""
    found = list(_ATTRIBUTE.finditer(tag))
    if not found:
        return tag[:-1] + f' {chance.choice(("id", "xml:lang", "x:y", "version"))}="{chance.choice(HOSTILE)[:200]}">'
    one = chance.choice(found)
    value = chance.choice(HOSTILE).replace('"', "")
    new = chance.choice((f'{one[1]}="{value}"', "", f"{one[0]} {one[0]}", f'{one[1]}x="{value}"', one[1]))
    return tag[: one.start()] + new + tag[one.end() :]


def _bytes(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:  # noqa: C901 - as above
    made = bytearray(data)
    size = max(len(made), 1)
    at = chance.randrange(size)
    match chance.randrange(11):
        case 0:
            for _ in range(chance.choice((1, 4, 30))):
                if made:
                    made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
        case 1:
            del made[at : at + chance.choice((1, 2, 8, 100))]
        case 2:
            made[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 4, 40))))
        case 3:
            del made[at:]
        case 4:
            made[at:at] = made[chance.randrange(size) :][: chance.choice((1, 10, 300))]
        case 5:
            other = chance.choice(others) if others else data
            made[at:] = other[chance.randrange(max(len(other), 1)) :]
        case 6:
            made[at:at] = chance.choice(HOSTILE).encode("utf-8", "surrogatepass")
        case 7:
            encoding = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"))
            return bytes(made).decode("utf-8", "replace").encode(encoding, "replace")
        case 8:
            made[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\x01\0\0\0"))
        case 9:
            lines = bytes(made).split(b"\n")
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
            return b"\n".join(lines)
        case _:
            cells = bytes(made).split(b"\t")
            cells[chance.randrange(len(cells))] = chance.choice(HOSTILE).encode("utf-8", "surrogatepass")
            return b"\t".join(cells)
    return bytes(made)
