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

RUN, COOLED = "run", "cooled"
"""Folders of a training at its constant rate, and of the copy whose rate was brought down."""
FOLDER = Path(__file__).resolve().parent / "configs"


@dataclass(frozen=True, slots=True)
class Data:
    """What is read and how it is cut into pieces."""

    vocabulary: int = 16_000
    """SentencePiece pieces trained on the French, byte pieces included; the parent's English ones are added."""
    least_used: int = 50
    """How often the English text must use a piece of the parent's that is kept."""
    sample: int = 500_000
    """French sentences that SentencePiece is trained on."""
    portuguese: int = 50_000
    """Sentences that are translated to Portuguese, to find the first weights of French pieces."""
    max_pieces: int = 250
    """Longer sides are left out."""
    limit: int = 0
    """Read only this many pairs (a rehearsal); 0: all."""
    varied: float = 0.0
    """Share of the French sides that are cut into pieces by chance instead of in the likeliest way."""
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
    slips: float = 0.0
    """The French without accents, or with a letter lost, doubled or out of place."""
    names: float = 0.0
    """A name that both sides spell alike, exchanged for another one: names are copied, not translated."""
    phrases: float = 0.0
    """The French with some phrases in English: what a glossary puts there is copied, not translated."""
    nouns: float = 0.0
    """A noun in the singular exchanged for a term of a dictionary (`terms`): a rare word in a sentence."""
    measures: float = 0.0
    """A demand (*nous devons renforcer …*) as an item of a plan: *Renforcer …*."""
    nations: float = 0.0
    """Something bilateral with the two nations that it is between: *sino-russe*."""
    reported: float = 0.0
    """A sentence as somebody's words, with the verb before its subject as in the press."""
    terms: tuple[str, ...] = ()
    """Sources whose lines are terms."""


@dataclass(frozen=True, slots=True)
class Batching:
    """How pairs become batches."""

    tokens: int = 4096
    """Padded pieces of the longer side in a batch."""
    window: int = 100_000
    """Pairs that are sorted by length together; the batches of a window come in random order."""
    concatenate: float = 0.0
    """Share of the pairs that are joined, two to four of one source, to make long examples."""


@dataclass(frozen=True, slots=True)
class Model:
    """The transformer's size; the default is the parent's."""

    width: int = 256
    heads: int = 8
    feed_forward: int = 1536
    encoder_layers: int = 6
    decoder_layers: int = 2


@dataclass(frozen=True, slots=True)
class Training:
    """How the model learns."""

    pieces: float = 200
    """The whole budget in millions of target pieces, over all calls."""
    rate: float = 6e-4
    """Peak learning rate."""
    body: float = 0.5
    """Rate of the matrices inside the layers, as a share of the others': what the parent knows must not be lost."""
    warmup: int = 100
    """Updates until the peak, and again when `new_first` is over."""
    new_first: int = 150
    """Updates in which only what the parent lacks is learnt; the rest has to be spared while that is noise."""
    cooldown: float = 0.15
    """Updates in which the rate falls to zero, as a share of those before."""
    smoothing: float = 0.1
    """Label smoothing."""
    frequent: int = 3000
    """So many pieces, the likeliest, are compared with the right ones in every update; of the others only a `share`."""
    share: float = 0.125
    """1 compares with all."""
    clip: float = 1.0
    """Largest norm of the gradient that Adam sees."""
    save_minutes: float = 4
    keep: int = 4
    """Snapshots of the weights that are kept."""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Interpolation:
    """Which of the model's own renderings are learnt (`training.interpolate`)."""

    pairs: int = 0
    """So many pairs are rendered, over all calls; 0: none."""
    beam: int = 8
    """Renderings of each."""
    shortest: int = 25
    """Letters of the French; shorter lines are mostly no sentences."""
    longest: int = 420
    least: float = 25.0
    """Sentence BLEU that a rendering must have."""
    least_of_reference: float = 30.0
    """Sentence BLEU of the nearest rendering where a rare word makes the reference stay: less is a free translation."""
    rare: int = 150
    """A word that fewer English lines have is rare."""
    most: Mapping[str, int] = field(default_factory=lambda: {"default": 4000})
    """Pairs of each source at most; ``default`` for the sources not named."""


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
    interpolation: Interpolation = Interpolation()
    package: Packaging = Packaging()

    def __post_init__(self) -> None:
        """Refuse sizes that cannot work together."""
        if self.model.width % self.model.heads or (self.model.width // self.model.heads) % 2:
            raise InputError("the width must be an even multiple of the number of heads", where=self.name)
        if self.train.cooldown <= 0:
            raise InputError("the cooldown must be a share of the updates before it, above 0", where=self.name)

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
    "interpolation": Interpolation,
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
