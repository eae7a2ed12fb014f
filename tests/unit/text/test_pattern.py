"""The dialect of SRX files, translated: what matches, backwards too, and what is refused."""

import re
import time

import pytest

from aligner.text import pattern
from aligner.text.pattern.characters import category, complement, intersection, union


def finds(expression: str, text: str, *, unicode: bool = False) -> list[str]:
    compiled = re.compile(pattern.whole(pattern.parse(expression, unicode=unicode)))
    return [match[0] for match in compiled.finditer(text)]


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        (r"\p{Lu}\p{Ll}+", "Élan œuvre Žižek", ["Élan", "Žižek"]),
        (r"\pL+", "abc9é", ["abc", "é"]),
        (r"\P{L}", "a9é", ["9"]),
        (r"\p{IsAlphabetic}\p{javaLowerCase}", "Ab", ["Ab"]),
        (r"\p{Lower}", "aé", ["a"]),
        (r"[[:alpha:]]+", "aé9", ["aé"]),
        (r"\p{Script=Cyrillic}", "дd", ["д"]),
        (r"\h", "a \u00a0\u202f\n", [" ", "\u00a0", "\u202f"]),
        (r"\v", "a\n\u2028 ", ["\n", "\u2028"]),
        (r"\R", "a\r\nb\n", ["\r\n", "\n"]),
        (r"\Q.+\E+", "a.++", [".++"]),
        (r"\Qa", "aa", ["a", "a"]),
        (r"[a-z&&[^aeiou]]+", "abcde", ["bcd"]),
        (r"[a-c[x-z]]+", "abyzq", ["abyz"]),
        (r"[]a]+", "a]b", ["a]"]),
        (r"[a\-]+", "a-b", ["a-"]),
        (r"[-a]+", "a-b", ["a-"]),
        (r"[^\s\d]+", "a 1b", ["a", "b"]),
        (r"\u00e9\x41\x{1F600}\0101", "éA\U0001f600A", ["éA\U0001f600A"]),
        (r"(?i)éT", "ÉtéT", ["Ét", "éT"]),
        (r"(?i:a)b", "Ab AB", ["Ab"]),
        (r"(?x) a b # words", "ab", ["ab"]),
        (r"(?-s).", "\n", []),
        (r".", "\n", ["\n"]),
        (r"(?m)^b$", "a\nb\r\nc", ["b"]),
        (r"(?<name>a)(b)", "ab", ["ab"]),
        (r"a++b", "aab", ["aab"]),
        (r"(?>a|ab)c", "abc ac", ["ac"]),
        (r"(?<=ab?|cd)e", "abe cde ae e", ["e", "e", "e"]),
        (r"(?<!\bM|\bDr)\.", "M. Dr. x.", ["."]),
        (r"a{2}{2}", "aaaaa", ["aaaa"]),
        (r"\Aa|b\z|c\Z", "acb", ["a", "b"]),
        (r"[\s\S&&a]", "ba", ["a"]),
        (r"[a&&b]", "ab", []),
    ],
)
def test_translation(expression: str, text: str, expected: list[str]) -> None:
    assert finds(expression, text) == expected


@pytest.mark.parametrize(("expression", "text"), [(r"\s", "\u00a0"), (r"\w", "é"), (r"\d", "٣"), (r"\p{Lower}", "é")])
def test_flavours_differ_beyond_ascii(expression: str, text: str) -> None:
    assert finds(expression, text) == []
    assert finds(expression, text, unicode=True) == [text]
    assert finds(f"(?U){expression}", text) == [text]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (r"(a)\1", r"back-reference \1"),
        (r"(?<n>a)\k<n>", r"escape \k"),
        (r"\X", r"escape \X"),
        (r"\p{Klingon}", "'Klingon'"),
        (r"\pl", "without a property's name"),
        ("[a", "closing bracket"),
        ("[z-a]", "range"),
        ("(a", "closing one"),
        ("a)", "opening one"),
        ("*a", "follows nothing"),
        ("a{3,2}", "ends below its start"),
        ("a\\", "ends in the middle"),
        ("(?#c)", "group"),
        ("(?k)a", "flag"),
        ("(?|a)", "group"),
        (r"\x{FFFFFFF}", "escape"),
        (r"\UFFFFFFFF", "no character"),
        ("(" * 60 + ")" * 60, "nested"),
    ],
)
def test_refusals(expression: str, message: str) -> None:
    with pytest.raises(pattern.UntranslatableError, match=re.escape(message)):
        pattern.parse(expression)


@pytest.mark.parametrize(
    "expression", ["(?<=ba+b)c", "(?<=ba{0,300}b)c", "(?<=a++b)c", "(?<=(?:a|bb){9})c", "(?<=(?>a|bc))d"]
)
def test_lookbehind_needs_a_width(expression: str) -> None:
    with pytest.raises(pattern.UntranslatableError, match="look-behind"):
        pattern.forwards(pattern.parse(expression))


@pytest.mark.parametrize(
    ("expression", "text", "ends"),
    [
        (r"\bM\.", "M. aM. M.", [2, 9]),
        (r"[.?!]+", "a...", [2, 3, 4]),
        (r"^\d+\.", "1. 2.", [2]),
        (r"(?<!x)ab?", "xab ab", [5, 6]),
        (r"a(?=b)", "abac", [1]),
        (r".*b", "aabb", [3, 4]),
        (r"\.++", "...", [1, 2, 3]),
        (r"a++\s", "aa b", [3]),
    ],
)
def test_backwards_finds_every_end(expression: str, text: str, ends: list[int]) -> None:
    mirrored = re.compile(pattern.backwards(pattern.parse(expression)))
    reverse = text[::-1]
    assert [p for p in range(1, len(text) + 1) if mirrored.match(reverse, len(text) - p)] == ends


@pytest.mark.parametrize("expression", ["a++ab", "(?>a|ab)c", r"(?:a|b)++c"])
def test_what_depends_on_the_order_of_trying_cannot_be_mirrored(expression: str) -> None:
    with pytest.raises(pattern.UntranslatableError, match="backwards"):
        pattern.backwards(pattern.parse(expression))


@pytest.mark.parametrize("expression", [r"(\w+\s?)+x", r"(a+)+b", r"(?:a|a)*b", r"((a*)b?)*c", r"(\p{L}|[a-z])+x"])
def test_explosions_are_seen(expression: str) -> None:
    assert pattern.may_explode(pattern.parse(expression))


@pytest.mark.parametrize(
    "expression", [r"(?:\p{L}+\.)+x", r"(?:\d{1,3}\.){0,4}\d", r"(?:ab+c)*", r"(\w++\s?)+x", "a+b+"]
)
def test_harmless_repetitions_pass(expression: str) -> None:
    assert not pattern.may_explode(pattern.parse(expression))


def test_far_ends_are_not_searched_for_ever() -> None:
    text = "." * 200_000
    mirrored = re.compile(pattern.backwards(pattern.parse(r".*[.?!]+")))
    started = time.process_time()
    assert sum(1 for p in range(len(text)) if mirrored.match(text, p)) == len(text)
    assert time.process_time() - started < 20


def test_set_algebra() -> None:
    upper, lower = category("Lu"), category("Ll")
    assert intersection(upper, lower) == ()
    assert complement(complement(upper)) == upper
    assert intersection(union(upper, lower), upper) == upper
    assert all(chr(low).isupper() and chr(high).isupper() for low, high in upper)


@pytest.mark.parametrize(
    "expression", ["Mrs?|Dr|Jr|Mmes?", "a|ab|abc|", "(?:xa|ya|za?)b", "aa|aa", r"[.)]{1,2}a|[.)]{1,2}b"]
)
def test_merging_options_keeps_what_matches(expression: str) -> None:
    tree = pattern.parse(expression)
    plain, mirrored = re.compile(pattern.whole(tree)), re.compile(pattern.backwards(tree))
    for text in (
        "Mr",
        "Mrs",
        "Dr",
        "Jr",
        "Mme",
        "Mmes",
        "a",
        "ab",
        "abc",
        "",
        "xab",
        "zab",
        "zb",
        "aa",
        ".a",
        ".)b",
        "s",
    ):
        assert bool(mirrored.match(text[::-1])) == any(
            plain.fullmatch(text, start) for start in range(len(text) + 1)
        ), text
