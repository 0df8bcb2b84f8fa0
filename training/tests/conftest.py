"""A small study, drawn here: no photograph is needed, and none is committed."""

from __future__ import annotations

import csv
import os
from pathlib import Path

# Before the first import of torch: on pictures this small a second thread only waits.
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import pytest
from PIL import Image, ImageDraw

SIZE_PX = 64


def draw(label: int, chance: np.random.Generator) -> tuple[Image.Image, Image.Image]:
    """A lesion on skin; what its label is shows in its colour."""
    skin, lesion = (226, 186, 164), ((120, 72, 48), (52, 34, 40), (172, 128, 82))[label]
    image, mask = Image.new("RGB", (96, 72), skin), Image.new("L", (96, 72))
    x, y = chance.uniform(34, 62), chance.uniform(28, 44)
    width, height = chance.uniform(12, 26), chance.uniform(10, 20)
    box = (x - width, y - height, x + width, y + height)
    ImageDraw.Draw(image).ellipse(box, fill=lesion)
    ImageDraw.Draw(mask).ellipse(box, fill=255)
    noise = chance.normal(0, 6, (72, 96, 3))
    return Image.fromarray((np.asarray(image) + noise).clip(0, 255).astype(np.uint8)), mask


def draw_challenge(folder: Path, split: str, count: int, first: int = 0) -> None:
    """A folder in the layout of the challenge; labels take turns."""
    images = folder / f"ISIC-2017_{split}_Data"
    masks = folder / f"ISIC-2017_{split}_Part1_GroundTruth"
    images.mkdir(parents=True)
    masks.mkdir()
    chance = np.random.default_rng(first)
    with (folder / f"ISIC-2017_{split}_Part3_GroundTruth.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["image_id", "melanoma", "seborrheic_keratosis"])
        for number in range(first, first + count):
            label = number % 3
            image, mask = draw(label, chance)
            image.save(images / f"ISIC_{number:07d}.jpg", quality=92)
            mask.save(masks / f"ISIC_{number:07d}_segmentation.png")
            table.writerow([f"ISIC_{number:07d}", float(label == 1), float(label == 2)])


@pytest.fixture
def challenge(tmp_path: Path) -> Path:
    """24 photographs to learn from and 9 to judge by."""
    folder = tmp_path / "challenge"
    draw_challenge(folder, "Training", 24)
    draw_challenge(folder, "Validation", 9, first=100)
    return folder
