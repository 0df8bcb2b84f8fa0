"""A model package: the graph, its manifest, and later the figures that the product found."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import TASKS, __version__
from .export import Ensemble, export
from .refusal import Refusal

NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?")
LARGEST_BYTES = 20_000_000

VERIFIED = {
    "jaccard": "Mean Jaccard index",
    "aucMelanoma": "AUC, melanoma",
    "aucSeborrheicKeratosis": "AUC, seborrheic keratosis",
}
"""What `npm run verify --json` prints, and how a card calls it."""


@dataclass(frozen=True)
class Description:
    """What the manifest says beside the graph."""

    name: str
    version: str
    licence: str
    trained_on: str
    data_sha256: str
    seed: int

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise Refusal(f"name: {self.name!r} is not made of small letters, digits and hyphens")
        if not VERSION.fullmatch(self.version):
            raise Refusal(f"version: {self.version!r} is not like 1.0.0")


def write_package(
    ensemble: Ensemble, size_px: int, about: Description, folder: Path, *, bits: int = 32
) -> Path:
    """Writes `folder`/model.onnx and manifest.json. A folder that holds a package is refused: a version
    never changes. A card that lies there already stays."""
    if (folder / "manifest.json").exists():
        raise Refusal(f"{about.name} {about.version}: the folder holds a package already")
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "model.onnx"
        export(ensemble, size_px, file, bits=bits)
        size_bytes = file.stat().st_size
        if size_bytes > LARGEST_BYTES:
            raise Refusal(f"{about.name} {about.version}: {size_bytes} bytes are more than {LARGEST_BYTES}")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / "model.onnx")
    _write_json(folder / "manifest.json", _manifest(ensemble, size_px, about, folder / "model.onnx"))
    return folder


def _manifest(ensemble: Ensemble, size_px: int, about: Description, file: Path) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if ensemble.answers_masks:
        outputs["mask"] = {"name": "mask_probability", "height": size_px, "width": size_px}
    if ensemble.answers_scores:
        outputs["scores"] = [
            {"task": task, "name": "scores", "index": index} for index, task in enumerate(TASKS)
        ]
    return {
        "schema": "lesionwise.model/1",
        "name": about.name,
        "version": about.version,
        "licence": about.licence,
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "input": {
            "name": "image",
            "dtype": "uint8",
            "layout": "NHWC",
            "height": size_px,
            "width": size_px,
            "fit": "squash",
            "colour": "RGB",
        },
        "outputs": outputs,
        "maskThreshold": 0.5,
        "training": {
            "data": about.trained_on,
            "dataSha256": about.data_sha256,
            "seed": about.seed,
            "code": f"training@{__version__}",
            "metrics": {},
        },
    }


def record_figures(folder: Path, verification: dict[str, Any], split: str) -> None:
    """Puts what `npm run verify -- --json` printed into the manifest, and as a table into the card, between
    its lines `<!-- figures -->` and `<!-- /figures -->`. Raises `Refusal` for another package's figures."""
    manifest = json.loads((folder / "manifest.json").read_text())
    if verification["sha256"] != manifest["sha256"]:
        raise Refusal(f"{folder.name}: these are the figures of another graph")
    figures: dict[str, Any] = {"images": verification["images"]}
    lines = ["| Measure | Value | 95 % interval | Standard error |", "| --- | --- | --- | --- |"]
    for key, title in VERIFIED.items():
        found = verification[key]
        if found["value"] is None:
            lines.append(f"| {title} | not answered |  |  |")
            continue
        figures[key] = {name: round(found[name], 4) for name in ("value", "low", "high", "standardError")}
        value, low, high, error = figures[key].values()
        lines.append(f"| {title} | {value:.3f} | {low:.3f} to {high:.3f} | {error:.4f} |")
    manifest["training"]["metrics"][split] = figures
    _write_json(folder / "manifest.json", manifest)
    card = folder / "MODEL_CARD.md"
    if card.is_file():
        text = card.read_text()
        between = re.compile(r"(<!-- figures -->).*?(<!-- /figures -->)", re.DOTALL)
        table = "\n\n" + "\n".join(lines) + "\n\n"
        card.write_text(between.sub(lambda match: match[1] + table + match[2], text))


def _write_json(file: Path, values: dict[str, Any]) -> None:
    file.write_text(json.dumps(values, indent=2) + "\n")
