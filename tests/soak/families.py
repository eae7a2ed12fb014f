"""The families of the soak, in the order of the table.

``cases`` are those of a full soak: 300 kills, errors at every n-th operation up to 200, 1,000 edits by two tabs and
more, 10,000 hostile texts, 200,000 damaged files.
"""

from __future__ import annotations

from tests.soak import disks, fuzz, hostile, kills, load, together
from tests.soak.trial import Family

FAMILIES = (
    Family("kills", "kill -9 at a random moment of a command or of the server", 300, 0.45, kills.play, "kills"),
    Family("disks", "errors at the n-th operation, full disks, permissions, clocks", 600, 0.45, disks.play, "troubles"),
    Family(
        "together", "two and four programs, two tabs, two servers at once", 30, 0.15, together.play, "runs and edits"
    ),
    Family("hostile", "hostile texts through every command and format", 50, 0.5, hostile.play, "texts"),
    Family("fuzz", "damaged files for every reader", 800, 0.35, fuzz.play, "files"),
    Family("load", "200 clients at once before the review server", 10, 0.1, load.play, "requests"),
)
"""Their shares of the time add up to two: two families are played side by side."""
