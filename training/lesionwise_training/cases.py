"""Which photographs there are, with their labels, masks and patients; nothing is decoded here."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from . import TASKS
from .refusal import Refusal

DUPLICATES = {
    "training": frozenset({"ISIC_0012175", "ISIC_0012271", "ISIC_0012970"}),
    "validation": frozenset({"ISIC_0012221"}),
}
"""Photographs of ISIC 2017 that are also in another split of it, byte for byte."""

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG")


@dataclass(frozen=True)
class Case:
    """One photograph. `labels` are 0 or 1, in the order of `TASKS`."""

    image_id: str
    image: Path
    mask: Path | None
    labels: tuple[int, ...]
    patient: str
    """Where no patient is known, the photograph is a patient of its own."""
    original_mask: Path | None = None
    """The mask at the photograph's own size, where `image` and `mask` were shrunk."""


def read_challenge(folder: Path, split: str, *, drop_duplicates: bool = True) -> list[Case]:
    """Reads a folder in the layout of the ISIC 2017 challenge, with photographs of any size.

    Raises `Refusal` for a missing folder or table, an unlabelled or doubly labelled row, a label
    that is not 0 or 1, a photograph without a row, and a row without its photograph or mask.
    """
    part = split.capitalize()
    images = _folder(folder / f"ISIC-2017_{part}_Data")
    masks = folder / f"ISIC-2017_{part}_Part1_GroundTruth"
    originals = folder / "masks_original" / {"training": "train", "validation": "val"}.get(split, split)
    rows = _rows(folder / f"ISIC-2017_{part}_Part3_GroundTruth.csv")
    labels = {row["image_id"]: _labels(row, row["image_id"]) for row in rows}
    patients = {row["image_id"]: row.get("patient_id") or row["image_id"] for row in rows}
    photographs = {
        path.stem: path
        for path in sorted(images.iterdir())
        if path.suffix in IMAGE_SUFFIXES and not path.stem.endswith("_superpixels")
    }
    if unlabelled := sorted(set(photographs) - set(labels)):
        raise Refusal(f"{unlabelled[0]}: the photograph has no row in the table of labels")
    excluded = DUPLICATES.get(split, frozenset()) if drop_duplicates else frozenset()
    cases = []
    for image_id in sorted(set(labels) - excluded):
        if image_id not in photographs:
            raise Refusal(f"{image_id}: the table names it, but there is no photograph")
        name = f"{image_id}_segmentation.png"
        mask = masks / name
        if masks.is_dir() and not mask.is_file():
            raise Refusal(f"{image_id}: the photograph has no mask")
        cases.append(
            Case(
                image_id=image_id,
                image=photographs[image_id],
                mask=mask if masks.is_dir() else None,
                labels=labels[image_id],
                patient=patients[image_id],
                original_mask=originals / name if (originals / name).is_file() else None,
            )
        )
    return cases


def read_table(table: Path, images: Path, masks: Path | None = None) -> list[Case]:
    """Reads your own study: a CSV file with `image_id`, `melanoma`, `seborrheic_keratosis` and, where
    they are known, `patient_id`; photographs `<image_id>.jpg`; masks `<image_id>_segmentation.png`.

    A photograph may lack a mask: it then teaches the scores only. Raises `Refusal` as `read_challenge`.
    """
    cases = []
    for row in _rows(table):
        image_id = row["image_id"]
        candidates = [images / f"{image_id}{suffix}" for suffix in IMAGE_SUFFIXES]
        image = next((path for path in candidates if path.is_file()), None)
        if image is None:
            raise Refusal(f"{image_id}: the table names it, but there is no photograph")
        mask = masks / f"{image_id}_segmentation.png" if masks else None
        cases.append(
            Case(
                image_id=image_id,
                image=image,
                mask=mask if mask and mask.is_file() else None,
                labels=_labels(row, image_id),
                patient=row.get("patient_id") or image_id,
            )
        )
    return sorted(cases, key=lambda case: case.image_id)


def split_by_patient(cases: list[Case], fold: int, folds: int) -> tuple[list[Case], list[Case]]:
    """Divides into (the rest, fold number `fold` of `folds`). No patient is on both sides, each fold has
    its share of each label, and a patient's fold depends on the patients present alone.
    """
    if not 0 <= fold < folds:
        raise Refusal(f"fold {fold} is not one of 0 to {folds - 1}")
    photographs = defaultdict(list)
    for case in cases:
        photographs[case.patient].append(case)
    strata = defaultdict(list)
    for patient, own in photographs.items():
        strata[tuple(max(labels) for labels in zip(*(case.labels for case in own), strict=True))].append(
            patient
        )
    held_out = set()
    for stratum in strata.values():
        shuffled = sorted(stratum, key=lambda name: hashlib.sha256(name.encode()).digest())
        held_out.update(shuffled[fold::folds])
    rest = [case for case in cases if case.patient not in held_out]
    return rest, [case for case in cases if case.patient in held_out]


def cases_sha256(cases: list[Case]) -> str:
    """Identifies what was learnt from: every photograph's and mask's bytes, label and patient."""
    whole = hashlib.sha256()
    for case in sorted(cases, key=lambda case: case.image_id):
        parts = [case.image_id, case.patient, *map(str, case.labels), _file_sha256(case.image)]
        parts.append(_file_sha256(case.mask) if case.mask else "")
        whole.update(("\t".join(parts) + "\n").encode())
    return whole.hexdigest()


def combined_sha256(hashes: list[str]) -> str:
    """Of an ensemble: the hash of its cases, or of the hashes where its networks learnt from several."""
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def _file_sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise Refusal(f"{path.name}: there is no such folder")
    return path


def _rows(table: Path) -> list[dict[str, str]]:
    if not table.is_file():
        raise Refusal(f"{table.name}: there is no such table")
    with table.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        for column in ("image_id", *TASKS):
            if column not in (reader.fieldnames or ()):
                raise Refusal(f"{table.name}: the column {column} is missing")
        rows = list(reader)
    seen = set()
    for row in rows:
        if row["image_id"] in seen:
            raise Refusal(f"{row['image_id']}: the table names it twice")
        seen.add(row["image_id"])
    return rows


def _labels(row: dict[str, str], image_id: str) -> tuple[int, ...]:
    labels = []
    for task in TASKS:
        text = (row[task] or "").strip()
        if text == "":
            raise Refusal(f"{image_id}: {task} is not labelled")
        try:
            number = float(text)
        except ValueError:
            number = None
        if number not in (0.0, 1.0):
            raise Refusal(f"{image_id}: {task} is {text!r}, neither 0 nor 1")
        labels.append(int(number))
    if sum(labels) > 1:
        raise Refusal(f"{image_id}: more than one diagnosis is 1")
    return tuple(labels)
