"""``kill -9`` at a random moment: every file is whole, and the same command ends as if undisturbed.

Of the review server the edits that it answered must be there, each of them, and the next server goes on from there.
"""

from __future__ import annotations

import os
import time

from tests.soak.commands import call, start
from tests.soak.serving import edits_under_a_kill
from tests.soak.trees import demand_state, demand_whole, names, tree, work
from tests.soak.trial import Case, Played, demand

SERVER = "review server under edits"
TRIES = 6
"""Attempts to hit a command before it ends."""


def works() -> list[str]:
    """What is killed, in turn."""
    return [*names(), SERVER, SERVER]


def play(case: Case) -> Played:
    """Kill one command, look, and do it again to the end."""
    every = works()
    name = every[case.number % len(every)]
    if name == SERVER:
        return edits_under_a_kill(case)
    chance, doing = case.random, work(name)
    span = doing.seconds
    for number in range(TRIES):
        place = case.folder / str(number)
        place.mkdir()
        folder = doing.begin(place)
        moment = chance.random() * span
        begun = time.monotonic()
        running = start(doing.arguments, folder)
        time.sleep(moment)
        if running.kill().code == -9:
            break
        span = min(span, time.monotonic() - begun)
    else:
        return Played(0, figures={"commands that were too fast": 1})
    what = f"{name}, killed after {moment:.3f} s"
    now = tree(folder)
    demand_whole(now, doing.before, doing.after, what)
    demand_state(folder, what)
    for path in folder.rglob(".*.tmp"):
        # as if somebody came back later: what another process may still be writing is left alone
        os.utime(path, (path.stat().st_atime - 3600, path.stat().st_mtime - 3600))
    call(doing.arguments, folder, *doing.codes)
    then = tree(folder)
    wrong = sorted(name for name in {*then, *doing.after} if then.get(name) != doing.after.get(name))
    demand(not wrong, f"{what}: the next one does not end as an undisturbed one: {', '.join(wrong[:4])}")
    return Played()
