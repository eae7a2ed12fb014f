"""The Argos package: model, vocabulary, metadata, and a README that says what is in it and how good it is.

The archive's bytes depend on nothing but its files (fixed dates, fixed order). Start reading at `package`.
"""

from __future__ import annotations

import io
import json
import logging
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aligner.errors import InputError
from aligner.files import write_atomically
from training.config import Config
from training.prepare import PREPARED
from training.report import score_table
from training.snapshots import list_snapshots, snapshot_step

log = logging.getLogger(__name__)
FOLDER = "translate-fr_en"
SOURCES = Path(__file__).resolve().parent / "sources.toml"
MODEL_FILES = ("config.json", "model.bin", "source_vocabulary.json", "target_vocabulary.json")
LICENCE = Path(__file__).resolve().parent.parent / "aligner" / "translation" / "data" / "LICENSE.MPL-2.0"
EPOCH = (1980, 1, 1, 0, 0, 0)


def package(config: Config, *, work: Path, snapshots: Path, version: str) -> Path:
    """Write ``work/translate-fr_en.argosmodel`` from what the earlier steps left in `work`, and give its path.

    `snapshots` is the folder that the weights were converted from: its history says how long they learnt. Scores are
    part of its README once ``work/scores.json`` is there.
    """
    model = work / "model"
    missing = [name for name in MODEL_FILES if not (model / name).is_file()]
    if missing:
        raise InputError(f"there is no {missing[0]}", where=model, hint="run the step convert first")
    metadata: dict[str, str | int | float] = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": "fr",
        "from_name": "French",
        "to_code": "en",
        "to_name": "English",
        "longest_source": config.data.max_pieces // 2,
    }
    if config.package.least_attention:
        metadata["least_attention"] = config.package.least_attention
    members = {f"model/{name}": (model / name).read_bytes() for name in MODEL_FILES}
    members["sentencepiece.model"] = (work / "vocabulary.model").read_bytes()
    members["metadata.json"] = (json.dumps(metadata, indent=1) + "\n").encode()
    members["LICENSE"] = LICENCE.read_bytes()
    members["README.md"] = readme(config, work, snapshots, version).encode()
    target = work / f"{FOLDER}.argosmodel"
    write_atomically(target, archive(members))
    log.info("packaged: %s, %.1f MB", target, target.stat().st_size / 1e6)
    return target


def archive(members: Mapping[str, bytes]) -> bytes:
    """Pack files into a ZIP archive with one folder, sorted, with fixed dates.

    Weights are stored as they are: they hardly shrink, and are read whenever the model is loaded.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(members):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", date_time=EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".bin") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, members[name])
    return stream.getvalue()


def readme(config: Config, work: Path, snapshots: Path, version: str) -> str:
    """Say what the package is, what it was trained on, and what it scores."""
    size, prepared = config.model, _json(work / PREPARED)
    seen = _seen(snapshots)
    scores = _json(work / "scores.json")
    parts = [
        f"# French–English translation model {version}",
        "Made by the recipe `training/` of aligner "
        f"(configuration `{config.name}`): a transformer with {size.encoder_layers} encoder and "
        f"{size.decoder_layers} decoder layers of width {size.width}, int8 weights for CTranslate2. {seen}",
        "The weights are derived from the Portuguese–English tiny model of Firefox Translations (Mozilla and the "
        "Bergamot project). Like that model they are distributed under the Mozilla Public License 2.0: `LICENSE`, or "
        "https://mozilla.org/MPL/2.0/. The recipe by which they can be made again comes with aligner.",
        "## Data\n\n" + "\n".join(source_table(prepared.get("sources", {}))),
        "No line of the development sets and none of the documents to be translated is among the training pairs.",
    ]
    if scores:
        parts.append("## Scores\n\n" + score_table(scores))
    return "\n\n".join(parts) + "\n"


def source_table(counts: Mapping[str, int]) -> Sequence[str]:
    """Give the sources that were used as a Markdown table: name, pairs, licence, origin; the largest first."""
    known = tomllib.loads(SOURCES.read_text(encoding="utf-8"))
    rows = ["| source | pairs | licence | origin |", "|---|---:|---|---|"]
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        about = known.get(name, {})
        rows.append(f"| {name} | {count:,} | {about.get('licence', 'unknown')} | {about.get('origin', 'unknown')} |")
    return rows


def _seen(snapshots: Path) -> str:
    """Say how long the last snapshot learnt; the run may have gone on since."""
    history = snapshots / "history.jsonl"
    lines = history.read_text(encoding="utf-8").splitlines() if history.is_file() else []
    last = max(map(snapshot_step, list_snapshots(snapshots)), default=0)
    known = [entry for entry in map(json.loads, lines) if entry["step"] <= last]
    if not known:
        return ""
    return f"Trained on {known[-1]['tokens'] / 1e6:,.1f} M target pieces in {known[-1]['minutes']:.0f} minutes."


def _json(path: Path) -> dict[str, Any]:
    """Read a record of an earlier step; empty where there is none."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return content
