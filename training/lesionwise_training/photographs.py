"""Photographs and masks as arrays, prepared as the product prepares them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from .cases import Case
from .refusal import Refusal


@dataclass(frozen=True)
class Photographs:
    """All cases in memory, 4 bytes a pixel: 2000 cases of 256 x 256 take 0.5 GB."""

    cases: list[Case]
    images: np.ndarray
    """uint8 [n, size, size, 3], RGB."""
    masks: np.ndarray
    """uint8 [n, size, size], 255 is lesion; all 0 where there is no mask."""
    has_mask: np.ndarray
    """bool [n]."""
    labels: np.ndarray
    """float32 [n, tasks]."""


def load_photographs(cases: list[Case], size_px: int, threads: int = 2) -> Photographs:
    """Decodes all cases, squashed to `size_px` x `size_px`. Raises `Refusal` naming a file that cannot
    be decoded, and for no cases at all."""
    if not cases:
        raise Refusal("there are no cases to read")
    images = np.empty((len(cases), size_px, size_px, 3), np.uint8)
    masks = np.zeros((len(cases), size_px, size_px), np.uint8)

    def load(index: int) -> None:
        images[index] = read_image(cases[index].image, size_px)
        if cases[index].mask:
            masks[index] = read_mask(cases[index].mask, size_px)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(load, range(len(cases))))
    return Photographs(
        cases=cases,
        images=images,
        masks=masks,
        has_mask=np.array([case.mask is not None for case in cases]),
        labels=np.array([case.labels for case in cases], np.float32),
    )


def read_image(path: Path, size_px: int) -> np.ndarray:
    """uint8 [size, size, 3]: upright, RGB, the whole frame squashed by an antialiased linear filter."""
    try:
        with Image.open(path) as file:
            upright = ImageOps.exif_transpose(file).convert("RGB")
    except Exception as error:
        raise Refusal(f"{path.name}: the photograph cannot be decoded") from error
    return np.asarray(_squashed(upright, size_px))


def read_mask(path: Path, size_px: int | None = None) -> np.ndarray:
    """uint8 [h, w], 0 to 255; at its own size unless `size_px` is given."""
    try:
        with Image.open(path) as file:
            mask = file.convert("L")
    except Exception as error:
        raise Refusal(f"{path.name}: the mask cannot be decoded") from error
    return np.asarray(mask if size_px is None else _squashed(mask, size_px))


def _squashed(image: Image.Image, size_px: int) -> Image.Image:
    if image.size == (size_px, size_px):
        return image
    # Rows first, then columns, each rounded to whole levels: as the product's library does.
    rows_first = image.resize((image.width, size_px), Image.Resampling.BILINEAR)
    return rows_first.resize((size_px, size_px), Image.Resampling.BILINEAR)
