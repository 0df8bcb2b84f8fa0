"""Pixels. What the product's own test holds its pixels to holds these too."""

import re
from pathlib import Path

import numpy as np
import pytest
import pyvips
from PIL import Image

from lesionwise_training.photographs import read_image, read_mask, squashed
from lesionwise_training.refusal import Refusal

GOLDEN = Path(__file__).parents[2] / "libs/model/prepared-gradient.txt"


def saved(pixels: np.ndarray, file: Path, **options: object) -> Path:
    Image.fromarray(pixels).save(file, **options)
    return file


def test_gives_the_pixels_that_the_product_gives() -> None:
    golden = np.array([int(level) for level in re.findall(r"\d+", GOLDEN.read_text())]).reshape(4, 6, 3)
    y, x = np.mgrid[:60, :90]
    # The gradient of the product's test.
    gradient = np.stack([x * 255 / 89, y * 255 / 59, x * y % 64 * 4], -1).astype(np.uint8)
    found = squashed(pyvips.Image.new_from_array(gradient), 6, 4).numpy().astype(int)
    # One level, for processors on which libvips rounds the other way.
    assert np.abs(found - golden).max() <= 1


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_turns_photographs_upright(tmp_path: Path, orientation: int) -> None:
    turns = {3: 2, 6: 1, 8: 3}[orientation]
    upright = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = np.ascontiguousarray(np.rot90(upright, turns))
    file = saved(stored, tmp_path / "turned.png", exif=exif)
    assert np.array_equal(read_image(file, 64), upright)


def test_decodes_a_large_jpeg_smaller_without_another_picture(tmp_path: Path) -> None:
    small = np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8)
    large = np.asarray(Image.fromarray(small).resize((800, 600), Image.Resampling.BICUBIC))
    from_jpeg = read_image(saved(large, tmp_path / "large.jpg", quality=95, subsampling=0), 64)
    from_png = read_image(saved(large, tmp_path / "large.png"), 64)
    # 0.96; decoded to one pixel for one instead of two it would be 2.7.
    assert np.abs(from_jpeg.astype(int) - from_png).mean() < 1.5


def test_grey_and_transparent_pictures_become_three_channels_on_black(tmp_path: Path) -> None:
    grey = read_image(saved(np.full((64, 64), 77, np.uint8), tmp_path / "grey.png"), 64)
    assert grey.shape == (64, 64, 3)
    assert np.all(grey == 77)
    half = np.full((64, 64, 4), (200, 100, 50, 128), np.uint8)
    assert np.abs(read_image(saved(half, tmp_path / "half.png"), 64) - np.array([100, 50, 25])).max() <= 1


def test_a_mask_keeps_its_levels_at_its_own_size(tmp_path: Path) -> None:
    mask = np.zeros((50, 70), np.uint8)
    mask[10:30, 20:50] = 255
    for name, picture in (("grey", mask), ("colour", np.repeat(mask[..., None], 3, 2))):
        assert np.array_equal(read_mask(saved(picture, tmp_path / f"{name}.png")), mask)
    palette = Image.fromarray((mask > 0).astype(np.uint8), "P")
    palette.putpalette([0, 0, 0, 255, 255, 255])
    palette.save(tmp_path / "palette.png")
    assert np.array_equal(read_mask(tmp_path / "palette.png"), mask)


def test_a_file_that_ends_early_is_refused_by_name(tmp_path: Path) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (200, 200, 3), np.uint8)
    file = saved(noise, tmp_path / "short.jpg")
    file.write_bytes(file.read_bytes()[:9000])
    with pytest.raises(Refusal, match=r"^short\.jpg: the photograph cannot be decoded"):
        read_image(file, 64)
    with pytest.raises(Refusal, match=r"^short\.jpg: the mask cannot be decoded"):
        read_mask(file)
