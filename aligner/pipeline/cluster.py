"""Rendering on a cluster: Ray actors hold the model, groups of segments travel to them and back.

    driver     plans, asks memories and the cache, sends what is missing, writes documents as their groups come back
    actors     one a node, with the model and as many threads as the node has processors; they need no shared disk

An actor has at most two groups, one at work and one waiting, so what is under way does not grow with the corpus. When
an actor or a node dies, its groups are sent to another one, and a node that is alive gets a new actor; one that joins
is used. When the driver dies, what was finished is written and what was rendered is in the cache: the next run goes on.
The documents are the same, byte for byte, as without a cluster.

Ray Core, not Ray Data: actors with their failures in our hands. Moritz et al. (2018), "Ray: A Distributed Framework for
Emerging AI Applications". Start reading at `RayCluster.rendered`.
"""

from __future__ import annotations

import atexit
import io
import logging
import os
import socket
import time
import zipfile
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Event, Thread
from typing import Any

import aligner
from aligner.errors import EnvironmentProblem, InputError
from aligner.files import read_bytes, write_atomically
from aligner.memory import MemoryChoice
from aligner.model import Languages, Match
from aligner.terms import Glossary
from aligner.translation import ArgosTranslator, Rendering, TranslateOptions, open_translator, shared_cache
from aligner.translation.packages.package import Package, read_package

log = logging.getLogger(__name__)

LOCAL = "local"
"""The address that stands for a cluster of this machine alone, for the time of the run."""
_WAITING = 2
"""Groups that an actor has at a time: one at work, one so that it never waits for the next."""
_TRIES = 4
"""How often a group is sent before it is taken for the reason why actors die."""
_LOOK = 10.0
"""Seconds after which nodes that joined are looked for."""
_PATIENCE = 5.0
"""Seconds in which the head of a cluster must answer."""
_START = 120.0
"""Seconds in which a cluster must be there; on a machine of one's own it takes some five."""
_STORE = 256 << 20
"""Bytes of shared memory of a local cluster: a group is some hundred kilobytes, a package some megabytes."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an actor needs to render as the driver would."""

    version: str
    languages: Languages
    fingerprint: str
    options: TranslateOptions
    glossary: Glossary | None


class RenderingWorker:
    """What an actor is: an engine without a cache, and the choice among its renderings."""

    def __init__(self, work: Work, package: bytes, threads: int) -> None:
        if work.version != aligner.__version__:
            hint = "install the same version on every node"
            raise EnvironmentProblem(f"a node has aligner {aligner.__version__}, not {work.version}", hint=hint)
        # beside the user's other caches on that node: the next actor finds it there
        path = shared_cache().with_name(f"package-{work.fingerprint[:16]}.argosmodel")
        if not path.exists():
            write_atomically(path, package)
        opened = read_package(path)
        if opened.fingerprint != work.fingerprint:
            raise EnvironmentProblem("this is not the package of the run", where=path, hint="remove it and run again")
        self._choice = MemoryChoice()
        options = replace(work.options, threads=threads)
        self._engine = open_translator(opened, options=options, preferences=[self._choice], glossary=work.glossary)

    def render(self, texts: Sequence[str], similar: Mapping[str, Match]) -> dict[str, Rendering]:
        """Render texts; `similar` is what memories have like some of them."""
        self._choice.know(similar)
        made: dict[str, Rendering] = {}
        for done in self._engine.render(texts):
            made |= done
        return made


@dataclass(slots=True)
class Sent:
    """Texts that are to be rendered, and whose they are."""

    owner: Any
    texts: Sequence[str]
    similar: Mapping[str, Match]
    tries: int = 0
    renderings: dict[str, Rendering] = field(default_factory=dict)


class RayCluster:
    """The actors of a run; open it with the driver's engine, and close it."""

    def __init__(self, address: str, engine: ArgosTranslator, glossary: Glossary | None, languages: Languages) -> None:
        self._connection = Connection(address)
        self._ray, self._engine = self._connection.connected(), engine
        work = Work(aligner.__version__, languages, engine.package.fingerprint, engine.options, glossary)
        # once into the shared memory of each node, not once for each actor
        self._work, self._package = self._ray.put(work), self._ray.put(_packed(engine.package))
        self._actors: dict[str, Any] = {}
        self._under_way: dict[Any, tuple[str, Sent]] = {}
        self._looked = 0.0

    def rendered(self, waiting: Iterator[Sent]) -> Iterator[Sent]:
        """Render what comes, and give it back as it is done; more is asked for only when an actor has room.

        Raises EnvironmentProblem when no node has a processor to spare or one text after the other kills its actor.
        """
        again: deque[Sent] = deque()
        while True:
            self._look_for_nodes()
            while (node := self._free()) and (sent := again.popleft() if again else next(waiting, None)):
                # all in the cache: nothing to send
                if not sent.texts:
                    yield sent
                    continue
                self._send(node, sent)
            exhausted = node is not None and not again
            if not self._under_way:
                if exhausted:
                    return
                time.sleep(0.1)
                continue
            ready, _ = self._ray.wait(list(self._under_way), num_returns=1, timeout=1.0)
            for reference in ready:
                node, sent = self._under_way.pop(reference)
                if self._received(reference, node, sent):
                    yield sent
                else:
                    again.append(sent)

    def close(self) -> None:
        """Let go of the actors, and of a cluster that was started for the run."""
        self._connection.close()

    def _free(self) -> str | None:
        """The node that has least to do, if it has room for another group."""
        busy = dict.fromkeys(self._actors, 0)
        for node, _ in self._under_way.values():
            busy[node] = busy.get(node, 0) + 1
        found = min(self._actors, key=lambda node: busy[node], default=None)
        return found if found is not None and busy[found] < _WAITING else None

    def _send(self, node: str, sent: Sent) -> None:
        sent.tries += 1
        if sent.tries > _TRIES:
            raise EnvironmentProblem(
                f"{_TRIES} actors died with the same {len(sent.texts)} segments",
                hint="give the nodes more memory, or fewer --threads",
            )
        self._under_way[self._actors[node].render.remote(sent.texts, dict(sent.similar))] = node, sent

    def _received(self, reference: Any, node: str, sent: Sent) -> bool:
        """Take the result of a group; False when its actor died."""
        from ray.exceptions import RayActorError, RayTaskError

        try:
            sent.renderings = self._ray.get(reference)
        except RayTaskError as error:
            # what went wrong in our own code, there as it would here
            raise error.cause if isinstance(error.cause, Exception) else error from None
        except RayActorError as error:
            log.warning("a node lost its actor; what it was at is sent again (%s)", str(error).splitlines()[0])
            self._actors.pop(node, None)
            self._looked = 0.0
            return False
        return True

    def _look_for_nodes(self) -> None:
        """Start an actor on every node that has none."""
        if self._actors and time.monotonic() - self._looked < _LOOK:
            return
        self._looked = time.monotonic()
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        nodes = {node["NodeID"]: int(node["Resources"].get("CPU", 0)) for node in self._ray.nodes() if node["Alive"]}
        for gone in set(self._actors) - set(nodes):
            del self._actors[gone]
        actor = self._ray.remote(RenderingWorker)
        for node, processors in nodes.items():
            if node not in self._actors and processors:
                threads = min(self._engine.options.threads or processors, processors)
                strategy = NodeAffinitySchedulingStrategy(node, soft=False)
                options: dict[str, Any] = {"num_cpus": threads, "scheduling_strategy": strategy, "max_restarts": 0}
                self._actors[node] = actor.options(**options).remote(self._work, self._package, threads)
        if not nodes or not any(nodes.values()):
            raise EnvironmentProblem("the cluster has no processors", hint="start a node: ray start --address=…")


class Connection(Thread):
    """Ray, connected in a thread of its own: on a machine with too much to do it may never answer.

    The thread lives as long as the connection, because what Ray starts may end with the thread that started it.
    """

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        # the toolkit works offline: nothing is sent anywhere
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        # Ray would give actors what others leave of a machine, and this one waits for them
        os.environ.setdefault("RAY_worker_niceness", "0")
        try:
            import ray
        except ImportError as error:
            raise EnvironmentProblem("a cluster needs Ray", hint="pip install 'aligner[cluster]'") from error
        self.ray, self._address = ray, address
        self._error: Exception | None = None
        self._begun, self._ended = Event(), Event()

    def connected(self) -> Any:
        """Ray; EnvironmentProblem where there is no cluster or none that answers."""
        self.start()
        if not self._begun.wait(_START):
            # at the end of the program Ray would wait for the same
            atexit.unregister(self.ray.shutdown)
            what = f"the cluster at '{self._address}' did not answer within {_START:.0f} s"
            raise EnvironmentProblem(what, hint="run again when the machine has less to do, or without --cluster")
        if self._error is None:
            return self.ray
        reason = str(self._error).splitlines()[0] if str(self._error) else type(self._error).__name__
        hint = (
            "say where it is (HOST:PORT, as `ray start --head` prints it), and its token if it has one (docs/scale.md)"
        )
        raise EnvironmentProblem(f"there is no cluster at '{self._address}' ({reason})", hint=hint) from self._error

    def close(self) -> None:
        """Let go of the cluster; one that was started here ends."""
        with suppress(Exception):
            self.ray.shutdown()
        self._ended.set()

    def run(self) -> None:
        """Connect, and stay."""
        try:
            self._connect()
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            self._error = error
        self._begun.set()
        self._ended.wait()

    def _connect(self) -> None:
        from aligner.translation.argos.machine import usable_cores

        # a thread cannot take SIGTERM for Ray, nor need it: what is left behind Ray's own watchman ends
        logging.getLogger("ray").setLevel(logging.ERROR)
        quiet: dict[str, Any] = {"log_to_driver": False, "configure_logging": False, "logging_level": logging.ERROR}
        if self._address == LOCAL:
            size: dict[str, Any] = {
                "num_cpus": usable_cores(),
                "object_store_memory": _STORE,
                "include_dashboard": False,
            }
            self.ray.init(address=LOCAL, **size, **quiet)
            return
        # Ray itself would go on trying for minutes
        host, _, port = self._address.rpartition("://")[2].rpartition(":")
        if port.isdigit():
            socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
        self.ray.init(address=self._address, **quiet)


def _packed(package: Package) -> bytes:
    """A package as one file."""
    if package.path.is_file():
        return read_bytes(package.path)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(each for each in package.path.rglob("*") if each.is_file()):
            archive.write(path, f"{package.path.name}/{path.relative_to(package.path).as_posix()}")
    return stream.getvalue()


def check_engine(engine: object) -> ArgosTranslator:
    """The engine, if it can be carried to other machines; InputError for a server or a way through English."""
    if isinstance(engine, ArgosTranslator):
        return engine
    raise InputError("a cluster translates with one package for the pair", hint="leave out --cluster")
