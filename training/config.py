"""Every choice of a training run: one TOML file, one frozen record, no hidden defaults elsewhere.

The sections of the file are the fields of `Config`. Start reading there; the files are in ``training/configs``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from aligner.errors import InputError

FOLDER = Path(__file__).resolve().parent / "configs"


@dataclass(frozen=True, slots=True)
class Data:
    """What is read and how it is cut into pieces."""

    vocabulary: int = 16000
    """SentencePiece pieces, shared by both languages, byte pieces included."""
    sample: int = 2_000_000
    """Sentences (of both languages together) that SentencePiece is trained on."""
    max_pieces: int = 250
    """Longer sides are left out."""
    limit: int = 0
    """Read only this many pairs (a rehearsal); 0: all."""
    shard_mib: int = 48
    """Largest size of a shard, compressed, in MiB."""
    seed: int = 1
    weights: Mapping[str, float] = field(default_factory=dict)
    """How often a pair of each source is seen in an epoch; ``default`` for the sources not named; 0 leaves one out."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Which pairs are fit to learn from."""

    max_words: int = 160
    max_ratio: float = 2.2
    """Largest quotient of the two lengths in characters, for sides of at least `ratio_from` characters."""
    ratio_from: int = 20
    numbers: bool = True
    """Drop pairs whose numbers of two or more digits contradict each other."""
    languages: bool = True
    """Drop pairs whose function words belong to the other language."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Share of the pairs (0 to 1) that is added once more, changed. 0 switches a kind off."""

    capitals: float = 0.0
    """Both sides in capitals: headings."""
    no_stop: float = 0.0
    """Both sides without the final full stop: headings, captions, list items."""
    lower_source: float = 0.0
    """The French without capitals."""
    spacing: float = 0.0
    """The French without the spaces before : ; ? ! that its typography asks for."""
    names: float = 0.0
    """A name that both sides spell alike, exchanged for another one: names are copied, not translated."""
    phrases: float = 0.0
    """The French with some phrases in English: what a glossary puts there is copied, not translated."""


@dataclass(frozen=True, slots=True)
class Batching:
    """How pairs become batches."""

    tokens: int = 4096
    """Padded pieces of the longer side in a batch."""
    window: int = 100_000
    """Pairs that are sorted by length together; the batches of a window come in random order."""
    concatenate: float = 0.0
    """Share of the pairs that are joined, two to four of one source, to make long examples."""
    short_rows: int = 0
    """Begin with this many pairs of at most `short_pieces` pieces (a gentle start for small models)."""
    short_pieces: int = 24


@dataclass(frozen=True, slots=True)
class Model:
    """The transformer's size."""

    width: int = 512
    heads: int = 8
    feed_forward: int = 1408
    """Inner width of the gated feed-forward layers; 8/3 of the width costs as much as the usual 4 without a gate."""
    encoder_layers: int = 6
    decoder_layers: int = 2
    dropout: float = 0.1


@dataclass(frozen=True, slots=True)
class Training:
    """How the model learns."""

    minutes: float = 20
    """The whole budget, over all calls; the rate is brought down in time for its end."""
    steps: int = 0
    """Stop after this many updates instead; 0: the minutes decide."""
    rate: float = 1e-3
    """Peak learning rate."""
    warmup: int = 1000
    """Updates until the peak."""
    optimizer: str = "adamw"
    """``adamw``, or ``muon`` for the matrices inside the layers."""
    shape: str = "constant"
    """Between warm-up and cooldown: ``constant`` or ``inverse-sqrt``."""
    cooldown: float = 0.25
    """Share of the budget in which the rate falls to zero."""
    smoothing: float = 0.1
    """Label smoothing."""
    weight_decay: float = 0.01
    clip: float = 1.0
    """Largest norm of the gradient."""
    save_minutes: float = 4
    keep: int = 4
    """Snapshots of the weights that are kept, and averaged at the end."""
    compile: bool = False
    """Let torch.compile fuse the model (worth its minute on a GPU)."""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Packaging:
    """What the package says of its model."""

    least_attention: float = 0.0
    """What a source piece gets at least where the output says it (`benchmarks/omissions.py`); 0: not measured."""


@dataclass(frozen=True, slots=True)
class Config:
    """A whole run."""

    name: str
    data: Data = Data()
    clean: Cleaning = Cleaning()
    augment: Augmentation = Augmentation()
    batch: Batching = Batching()
    model: Model = Model()
    train: Training = Training()
    package: Packaging = Packaging()

    def __post_init__(self) -> None:
        """Refuse sizes that cannot work together."""
        if self.model.width % self.model.heads or (self.model.width // self.model.heads) % 2:
            raise InputError("the width must be an even multiple of the number of heads", where=self.name)
        if self.train.shape not in {"constant", "inverse-sqrt"}:
            raise InputError(f"there is no schedule {self.train.shape!r}", where=self.name)
        if self.train.optimizer not in {"adamw", "muon"}:
            raise InputError(f"there is no optimiser {self.train.optimizer!r}", where=self.name)
        if not 0 < self.train.cooldown <= 1:
            raise InputError("the cooldown must be a share of the budget, above 0 and at most 1", where=self.name)

    def to_json(self) -> Mapping[str, Any]:
        """Give plain values, for the record of a run."""
        return asdict(self)


SECTIONS = {
    "data": Data,
    "clean": Cleaning,
    "augment": Augmentation,
    "batch": Batching,
    "model": Model,
    "train": Training,
    "package": Packaging,
}


def load_config(name: str) -> Config:
    """Read a configuration by its name in ``training/configs`` or by its path.

    Raises InputError when there is no such file, or when it holds a section or a key that means nothing.

    >>> load_config("tiny").name
    'tiny'
    """
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in FOLDER.glob("*.toml")))
        raise InputError("there is no such configuration", where=name, hint=f"choose {known} or give a .toml file")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"this is not TOML ({error})", where=path) from error
    return Config(path.stem, **{key: _section(path, key, value) for key, value in content.items()})


def _section(path: Path, name: str, values: Any) -> Any:
    """Build one section's record; every key must be one of its fields."""
    if name not in SECTIONS or not isinstance(values, dict):
        raise InputError(f"there is no section [{name}]", where=path, hint=f"the sections are {', '.join(SECTIONS)}")
    kind = SECTIONS[name]
    unknown = set(values) - {each.name for each in fields(kind)}
    if unknown:
        raise InputError(f"[{name}] has no key {sorted(unknown)[0]!r}", where=path)
    return kind(**values)
