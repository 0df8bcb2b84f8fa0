"""Other photographs of the same lesions: turned, mirrored, nearer, under another light, with hair.

Works on a whole batch on its device. All chance comes from one generator on the CPU, so that the same seed
gives the same photographs on any device.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class Augmentation:
    """How far a photograph may be changed."""

    zoom: tuple[float, float] = (0.85, 1.35)
    """Above 1 the lesion grows and the frame's border is lost."""
    stretch: float = 0.15
    """How much one axis may grow against the other: frames of several shapes were squashed."""
    shift: float = 0.08
    """Of the frame's half width."""
    gain: float = 0.07
    """Standard deviation of the logarithm of each colour channel's gain: another light source."""
    brightness: float = 0.08
    contrast: float = 0.2
    saturation: float = 0.25
    constancy: float = 0.4
    """Share of photographs whose light is corrected, wholly or in part, by shades of grey."""
    hair: float = 0.25
    """Share of photographs that get hair."""
    erase: float = 0.2
    """Share of photographs in which a rectangle is made grey."""


class Augmenter:
    """Draws its hair once; afterwards `__call__` changes batches."""

    def __init__(self, augmentation: Augmentation, seed: int, size_px: int) -> None:
        self.how = augmentation
        self.hairs = torch.from_numpy(_draw_hairs(seed, size_px, count=48))

    def __call__(
        self, images: Tensor, masks: Tensor, size_px: int, generator: torch.Generator
    ) -> tuple[Tensor, Tensor, Tensor]:
        """`images` uint8 [n, h, w, 3] and `masks` uint8 [n, h, w] become float [n, 3, size, size] of
        0 to 255 and float [n, size, size] of 0 to 1; the third, bool [n, size, size], is true within the
        frame. Beyond it the photograph is mirrored, and a mirrored lesion would be a second one."""
        rgb = images.permute(0, 3, 1, 2).float() / 255
        rgb = self._with_hair(rgb, generator)
        grid = functional.affine_grid(
            self._placements(len(rgb), generator).to(rgb.device),
            [len(rgb), 1, size_px, size_px],
            align_corners=False,
        )
        masks = masks[:, None].float() / 255
        both = torch.cat([rgb, masks], 1).contiguous(memory_format=torch.contiguous_format)
        both = functional.grid_sample(both, grid, padding_mode="reflection", align_corners=False)
        rgb, masks = both[:, :3], both[:, 3]
        rgb = self._under_another_light(rgb, generator)
        rgb = self._erased(rgb, generator)
        return rgb.clamp(0, 1) * 255, masks, (grid.abs() <= 1).all(3)

    def _placements(self, n: int, generator: torch.Generator) -> Tensor:
        """[n, 2, 3]: where in the photograph each pixel of the changed one comes from."""
        low, high = (math.log(end) for end in self.how.zoom)
        shrink = torch.exp(-_uniform(n, low, high, generator))
        ratio = torch.exp(_uniform(n, -0.5, 0.5, generator) * math.log1p(self.how.stretch))
        mirrored = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
        angle = _uniform(n, -math.pi, math.pi, generator)
        cos, sin = torch.cos(angle), torch.sin(angle)
        rows = [
            torch.stack([cos * shrink * ratio * mirrored, -sin * shrink / ratio], 1),
            torch.stack([sin * shrink * ratio * mirrored, cos * shrink / ratio], 1),
        ]
        shifts = _uniform(2 * n, -self.how.shift, self.how.shift, generator).view(n, 2, 1)
        return torch.cat([torch.stack(rows, 1), shifts], 2)

    def _with_hair(self, rgb: Tensor, generator: torch.Generator) -> Tensor:
        n = len(rgb)
        chosen = torch.rand(n, generator=generator) < self.how.hair
        which = torch.randint(len(self.hairs), (n,), generator=generator)
        darkness = _uniform(n, 0.5, 0.95, generator)
        brown = torch.tensor([0.16, 0.1, 0.07]) * _uniform(n, 0.3, 2.0, generator)[:, None]
        if not chosen.any():
            return rgb
        rgb = rgb.clone()
        cover = self.hairs[which[chosen]].float()[:, None] / 255 * darkness[chosen, None, None, None]
        cover, colour = cover.to(rgb.device), brown[chosen, :, None, None].to(rgb.device)
        if cover.shape[-2:] != rgb.shape[-2:]:
            cover = functional.interpolate(cover, rgb.shape[-2:], mode="bilinear")
        chosen = chosen.to(rgb.device)
        rgb[chosen] = torch.lerp(rgb[chosen], colour.expand_as(rgb[chosen]), cover)
        return rgb

    def _under_another_light(self, rgb: Tensor, generator: torch.Generator) -> Tensor:
        """One 3 x 3 matrix and one offset for each photograph: light, contrast, saturation."""
        n = len(rgb)
        light = shades_of_grey(rgb)
        strength = torch.rand(n, generator=generator)
        strength = strength * (torch.rand(n, generator=generator) < self.how.constancy)
        gain = torch.exp(torch.randn(n, 3, generator=generator) * self.how.gain)
        gain = gain.to(rgb.device) * torch.exp(-light.log() * strength[:, None].to(rgb.device))
        saturation = _uniform(n, 1 - self.how.saturation, 1 + self.how.saturation, generator)
        contrast = _uniform(n, 1 - self.how.contrast, 1 + self.how.contrast, generator)
        offset = _uniform(n, -self.how.brightness, self.how.brightness, generator).to(rgb.device)
        saturation = saturation.to(rgb.device)[:, None, None]
        contrast = contrast.to(rgb.device)
        grey = torch.full((3, 3), 1 / 3, device=rgb.device)
        mixing = saturation * torch.eye(3, device=rgb.device) + (1 - saturation) * grey
        matrix = mixing * gain[:, None, :] * contrast[:, None, None]
        middle = (matrix @ rgb.mean((2, 3))[:, :, None]) * (1 / contrast - 1)[:, None, None]
        flat = torch.baddbmm(middle + offset[:, None, None], matrix, rgb.flatten(2))
        return flat.view_as(rgb)

    def _erased(self, rgb: Tensor, generator: torch.Generator) -> Tensor:
        n, size = len(rgb), rgb.shape[-1]
        chosen = torch.rand(n, generator=generator) < self.how.erase
        sides = (_uniform(2 * n, 0.1, 0.35, generator) * size).int().view(n, 2).tolist()
        corners = torch.rand(n, 2, generator=generator).tolist()
        for index in chosen.nonzero()[:, 0].tolist():
            height, width = sides[index]
            top = int(corners[index][0] * (size - height))
            left = int(corners[index][1] * (size - width))
            rgb[index, :, top : top + height, left : left + width] = 0.5
        return rgb


def shades_of_grey(rgb: Tensor, power: float = 6) -> Tensor:
    """The light of each photograph, [n, 3] with a mean of 1 (Finlayson and Trezzi 2004). `rgb` in [0, 1]."""
    sparse = rgb[:, :, ::4, ::4].clamp(0, 1)
    light = sparse.pow(power).mean((2, 3)).pow(1 / power).clamp(min=1e-3)
    return light / light.mean(1, keepdim=True)


def _uniform(n: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    return torch.rand(n, generator=generator) * (high - low) + low


def _draw_hairs(seed: int, size_px: int, count: int) -> np.ndarray:
    """uint8 [count, size, size]: how much of each pixel hair covers."""
    chance = np.random.default_rng(seed)
    drawn = np.empty((count, size_px, size_px), np.uint8)
    for index in range(count):
        # Twice as large, so that lines half a pixel wide exist.
        picture = Image.new("L", (2 * size_px, 2 * size_px))
        pen = ImageDraw.Draw(picture)
        lean = chance.uniform(0, 2 * math.pi)
        for _ in range(chance.integers(3, 22)):
            x, y = chance.uniform(0, 2 * size_px, 2)
            angle = lean + chance.normal(0, 0.5)
            bend = chance.normal(0, 0.03)
            width = int(chance.integers(1, 5))
            points = [(x, y)]
            for _ in range(int(chance.integers(10, 40))):
                x += math.cos(angle) * size_px / 20
                y += math.sin(angle) * size_px / 20
                angle += bend
                points.append((x, y))
            pen.line(points, fill=255, width=width, joint="curve")
        soft = picture.filter(ImageFilter.GaussianBlur(0.7))
        drawn[index] = np.asarray(soft.resize((size_px, size_px), Image.Resampling.BOX))
    return drawn
