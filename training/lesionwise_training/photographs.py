"""Photographs and masks as arrays, prepared as the product prepares them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvips

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
    """uint8 [size, size, 3]: upright, sRGB, opaque on black, the whole frame squashed by an antialiased
    linear filter. The pixels are those that the product gives its networks, bit for bit: it is the same
    library, asked the same (libs/model, `prepareImage`)."""
    try:
        photograph = _open(path)
        if (shrink := _shrink_on_load(photograph, size_px)) > 1:
            photograph = _open(path, shrink=shrink)
        photograph = photograph.autorot()
        if photograph.get_typeof("icc-profile-data"):
            photograph = photograph.icc_transform("srgb", embedded=True, intent="perceptual")
        elif photograph.interpretation == "cmyk":
            photograph = photograph.icc_transform("srgb", input_profile="cmyk", intent="perceptual")
        if photograph.hasalpha():
            photograph = photograph.flatten()
        return squashed(photograph, size_px, size_px).colourspace("srgb").cast("uchar").numpy()
    except pyvips.Error as error:
        raise Refusal(f"{path.name}: the photograph cannot be decoded") from error


def read_mask(path: Path, size_px: int | None = None) -> np.ndarray:
    """uint8 [h, w], 0 to 255; at its own size unless `size_px` is given."""
    try:
        mask = _open(path).colourspace("b-w")[0].cast("uchar")
        return (mask if size_px is None else squashed(mask, size_px, size_px)).numpy()
    except pyvips.Error as error:
        raise Refusal(f"{path.name}: the mask cannot be decoded") from error


def _open(path: Path, **options: int) -> pyvips.Image:
    return pyvips.Image.new_from_file(str(path), access="sequential", fail_on="error", **options)


def _shrink_on_load(photograph: pyvips.Image, size_px: int) -> int:
    """How far a JPEG is decoded smaller: only until the filter still has two pixels for one."""
    if not photograph.get("vips-loader").startswith("jpeg"):
        return 1
    room = min(photograph.width, photograph.height) / size_px
    return next((shrink for shrink in (8, 4, 2) if room >= 2 * shrink), 1)


def squashed(image: pyvips.Image, width_px: int, height_px: int) -> pyvips.Image:
    """The whole frame at another size, by an antialiased linear filter."""
    # Both divisions, because the one that looks simpler rounds otherwise.
    across, down = 1 / (image.width / width_px), 1 / (image.height / height_px)
    return image.resize(across, vscale=down, kernel="linear")
