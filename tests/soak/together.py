"""Two and four programs on one corpus at once: nothing is lost, and who is refused is told.

    run + run · run + edits in the page · import + edits in the page · two tabs of one server, of two servers

Start reading at `play`.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.corpus.store import open_project, read_bitext
from tests.soak.commands import call, sound, start
from tests.soak.serving import Data, Server, locator_of, served, target_of, text_edit
from tests.soak.trees import WRITTEN, demand_state, tree, work
from tests.soak.trial import Case, FaultError, Played, demand

EDITS = 125
"""Edits of each of two tabs in a case: four cases are 1,000."""
BUSY = "another program is working on"


def play(case: Case) -> Played:
    """A case of one kind."""
    kinds: tuple[Callable[[Case], Played], ...] = (runs, tabs, run_and_edits, tabs_of_two_servers, import_and_edits)
    return kinds[case.number % len(kinds)](case)


def runs(case: Case) -> Played:
    """Two or four runs begin at about the same time."""
    chance, doing = case.random, work(("run", "run around a person's work")[case.number % 2])
    folder = doing.begin(case.folder)
    count = chance.choice((2, 4))
    running = []
    for _ in range(count):
        running.append(start(doing.arguments, folder))
        time.sleep(chance.random() * doing.seconds / count)
    for each in running:
        sound(each.arguments, each.wait(), 0)
    now = tree(folder)
    wrong = sorted(name for name in {*now, *doing.after} if now.get(name) != doing.after.get(name))
    demand(not wrong, f"{count} runs at once end otherwise than one: {', '.join(wrong[:4])}")
    demand("Nothing to do" in call(["run"], folder).said, f"{count} runs at once leave something to do")
    demand_state(folder, f"{count} runs at once")
    return Played(count)


@dataclass
class Tab:
    """A page that is open in a browser: it edits, is refused, looks again, and edits again."""

    server: Server
    name: str
    chance: random.Random
    edits: int
    pause: float = 0.0
    accepted: list[tuple[str, str, str]] = field(default_factory=list)
    """Edits that were answered: bead, the text that the person saw, the text written."""
    refused: int = 0
    faults: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Make the edits; what goes wrong is kept."""
        try:
            self._work()
        except (FaultError, OSError, http.client.HTTPException) as error:
            self.faults.append(f"tab {self.name}: {type(error).__name__}: {error}")

    def _work(self) -> None:
        _, data = self.server.ask("/api/lettre")
        for number in range(self.edits):
            while not self._edit(data, f"Tab {self.name} wrote this as its number {number}."):
                _, data = self.server.ask("/api/lettre")
            data = self.data
            time.sleep(self.pause)

    def _edit(self, data: Data, text: str) -> bool:
        bead = self.chance.choice(data["beads"])
        asked = {"version": data["version"], "edits": [text_edit(data, bead, text)]}
        status, answer = self.server.ask("/api/lettre/edits", asked)
        demand(status in (200, 409), f"an edit is answered with {status}: {answer}")
        if status == 409:
            demand(answer["error"], "a conflict is not told")
            self.refused += 1
            return False
        self.accepted.append((locator_of(data, bead), target_of(data, bead), text))
        self.data = answer["data"]
        return True


def edited(folder: Path, tabs: list[Tab], meanwhile: Callable[[], Any] = lambda: None) -> None:
    """Let tabs work at the same time as something else, and demand that nothing they wrote is lost."""
    threads = [threading.Thread(target=tab.work) for tab in tabs]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
    finally:
        for thread in threads:
            thread.join()
    demand(not any(tab.faults for tab in tabs), "; ".join(fault for tab in tabs for fault in tab.faults))
    written = defaultdict(list)
    for tab in tabs:
        for bead, seen, text in tab.accepted:
            written[bead].append((seen, text))
    bitext = read_bitext(open_project(folder / "corpus").bitext_file("lettre"))
    english = (folder / "corpus/en/lettre.txt").read_text("utf-8")
    final = {bitext.locator(bead): bitext.target_text(bead) for bead in bitext.beads}
    for bead, edits in written.items():
        seen = [before for before, _ in edits]
        # An edit that was taken although another one had been taken of the same text would have hidden that one.
        demand(len(set(seen)) == len(seen), f"{bead}: two edits of the same text were both taken")
        last = {text for _, text in edits} - set(seen)
        demand(final[bead] in last, f"{bead}: {final[bead]!r} stands there, not the last edit")
        demand(len(last) == 1, f"{bead}: {len(last) - 1} edits are lost")
        demand(final[bead] in english, f"{bead}: the English file lacks {final[bead]!r}")
    demand_state(folder, "edits at once")


def _told(tabs: list[Tab]) -> Played:
    refused = sum(tab.refused for tab in tabs)
    return Played(sum(len(tab.accepted) for tab in tabs), figures={"conflicts told in a case": refused})


def tabs(case: Case) -> Played:
    """Two tabs of one server edit the same document."""
    chance = case.random
    folder = work("export xlsx").begin(case.folder)
    with served(folder) as server:
        both = [Tab(server, name, random.Random(chance.random()), EDITS) for name in "AB"]
        edited(folder, both)
    return _told(both)


def tabs_of_two_servers(case: Case) -> Played:
    """Two servers of one corpus, a tab each."""
    chance = case.random
    folder = work("export xlsx").begin(case.folder)
    with served(folder) as first, served(folder) as second:
        both = [Tab(s, n, random.Random(chance.random()), EDITS) for s, n in ((first, "A"), (second, "B"))]
        edited(folder, both)
    return _told(both)


def run_and_edits(case: Case) -> Played:
    """A run, which does everything again, while somebody edits."""
    chance = case.random
    folder = work("run around a person's work").begin(case.folder)

    def run() -> None:
        for beam in chance.sample((1, 2, 3, 4), 3):
            ended = start(["run", "--beam", str(beam)], folder).wait()
            # who finds the document in use for half a minute says so
            sound(["run"], ended, 0, *((3,) if BUSY in ended.said else ()))

    with served(folder) as server:
        both = [Tab(server, name, random.Random(chance.random()), EDITS // 2, 0.01) for name in "AB"]
        edited(folder, both, run)
    call(["run"], folder)
    demand("Nothing to do" in call(["run"], folder).said, "a run after edits leaves something to do")
    bitext = read_bitext(open_project(folder / "corpus").bitext_file("lettre"))
    texts = {bitext.target_text(bead) for bead in bitext.beads}
    for bead in {bead for tab in both for bead, _, _ in tab.accepted}:
        ours = [text for tab in both for name, _, text in tab.accepted if name == bead]
        demand(texts.intersection(ours), f"{bead}: the last run lost what a person wrote")
    return _told(both)


def import_and_edits(case: Case) -> Played:
    """A file comes back while somebody edits."""
    chance = case.random
    doing = work(chance.choice(("import xlsx", "import tsv", "import xliff")))
    folder = doing.begin(case.folder)
    ended = []

    def come_back() -> None:
        time.sleep(chance.random() * 0.3)
        ended.append(start(doing.arguments, folder).wait())

    with served(folder) as server:
        both = [Tab(server, name, random.Random(chance.random()), EDITS // 4, 0.01) for name in "AB"]
        try:
            edited(folder, both, come_back)
        except FaultError as error:
            # the import may have written last, into a bead that was edited before: then it took what it found
            if WRITTEN not in str(error):
                raise
    sound(doing.arguments, ended[0], 0, 1, *((3,) if BUSY in ended[0].said else ()))
    bitext = read_bitext(open_project(folder / "corpus").bitext_file("lettre"))
    written = any(seen == WRITTEN for tab in both for _, seen, _ in tab.accepted)
    taken = WRITTEN in {bitext.target_text(bead) for bead in bitext.beads}
    told = ended[0].code == 1 or ended[0].code == 3
    demand(taken or told or written, f"what came back is lost, and nobody was told: {ended[0].said[-300:]}")
    return _told(both)
