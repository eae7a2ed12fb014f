"""Which documents the list shows, and in which order; the script of the page selects in the same way."""

from __future__ import annotations

import pytest

from aligner.pages.listing import VIEW, select

ROWS = [
    {
        "id": f"d{number:03}", "title": f"Été {number}", "publisher": "Xinhua" if number % 2 else "", "pairs": 4,
        "date": f"20{number % 100:02}-01-01", "reviewed": number % 5, "means": [[number / 300, "translation"]],
        "errors": int(number == 7), "warnings": 0,
    }
    for number in range(250)
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "total", "first"),
    [
        ({}, 250, "d000"),
        ({"text": "ete 24"}, 13, "d024"),
        ({"text": "xinhua 2099"}, 2, "d099"),
        ({"state": "done"}, 50, "d004"),
        ({"state": "untouched"}, 50, "d000"),
        ({"state": "errors"}, 1, "d007"),
        ({"order": "errors"}, 250, "d007"),
        ({"order": "newest"}, 250, "d099"),
        ({"order": "quality"}, 250, "d000"),
        ({"order": "no such order", "state": "no such state"}, 250, "d000"),
        ({"start": 200}, 250, "d200"),
    ],
)
def test_a_view_of_the_list(asked: dict[str, object], total: int, first: str) -> None:
    view = select(ROWS, **asked)  # type: ignore[arg-type]
    assert (view["total"], view["rows"][0]["id"]) == (total, first)
    assert len(view["rows"]) == min(VIEW, total - view["start"])
