"""MobileNet v1, the encoder of every network that is shipped, and its first weights from a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .encoder import Encoder
from .refusal import Refusal

BLOCKS = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *((512, 1),) * 5, (1024, 2))
"""(channels, stride) of each depthwise-separable block. MobileNet v1 has one more, whose pointwise
kernel is not among the weights that we have: a million random weights would only learn by heart."""

BATCH_NORM_EPSILON = 1e-3


class MobileNet(Encoder):
    channels = (128, 256, 512, 1024)

    def __init__(self) -> None:
        super().__init__()
        self.stem = _Convolution(3, 32, stride=2)
        widths = [32, *(width for width, _ in BLOCKS)]
        self.blocks = nn.ModuleList(
            _Block(before, after, stride) for before, (after, stride) in zip(widths, BLOCKS, strict=False)
        )

    def forward(self, images: Tensor) -> list[Tensor]:
        features = []
        x = self.stem(images)
        for block, (_, stride) in zip(self.blocks, BLOCKS, strict=True):
            if stride == 2:
                features.append(x)
            x = block(x)
        # The first is of stride 2, finer than two people would draw the same border.
        return [*features[1:], x]

    def first_blocks(self, count: int) -> list[nn.Module]:
        return [self.stem, *self.blocks[:count]]


class _Convolution(nn.Module):
    """3 x 3, batch norm, ReLU6; padded as TensorFlow does, because the weights expect it."""

    def __init__(self, before: int, after: int, stride: int, groups: int = 1) -> None:
        super().__init__()
        self.stride = stride
        padding = 1 if stride == 1 else 0
        self.kernel = nn.Conv2d(before, after, 3, stride, padding, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(after, eps=BATCH_NORM_EPSILON)

    def forward(self, x: Tensor) -> Tensor:
        if self.stride == 2:
            x = functional.pad(x, (0, 1, 0, 1))
        return functional.relu6(self.norm(self.kernel(x)))


class _Block(nn.Module):
    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.depthwise = _Convolution(before, before, stride, groups=before)
        self.pointwise = nn.Conv2d(before, after, 1, bias=False)
        self.norm = nn.BatchNorm2d(after, eps=BATCH_NORM_EPSILON)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu6(self.norm(self.pointwise(self.depthwise(x))))


def load_npz(network: MobileNet, file: Path) -> None:
    """Fills `network` from a .npz with Keras' names and layouts (HWIO kernels).

    Raises `Refusal` naming the file, or the array that is missing or of another shape.
    """
    if not file.is_file():
        raise Refusal(f"{file.name}: there is no such file of weights")
    arrays = np.load(file)

    def fill(target: Tensor, name: str, order: tuple[int, ...] | None = None) -> None:
        if name not in arrays:
            raise Refusal(f"{file.name}: {name} is missing")
        values = arrays[name].transpose(order) if order else arrays[name]
        if values.shape != tuple(target.shape):
            raise Refusal(f"{file.name}: {name} has the shape {arrays[name].shape}")
        with torch.no_grad():
            target.copy_(torch.from_numpy(np.ascontiguousarray(values)))

    def fill_norm(norm: nn.BatchNorm2d, name: str) -> None:
        fill(norm.weight, f"{name}.gamma")
        fill(norm.bias, f"{name}.beta")
        fill(norm.running_mean, f"{name}.moving_mean")
        fill(norm.running_var, f"{name}.moving_variance")

    fill(network.stem.kernel.weight, "conv1.kernel", (3, 2, 0, 1))
    fill_norm(network.stem.norm, "conv1_bn")
    for number, block in enumerate(network.blocks, start=1):
        fill(block.depthwise.kernel.weight, f"conv_dw_{number}.depthwise_kernel", (2, 3, 0, 1))
        fill_norm(block.depthwise.norm, f"conv_dw_{number}_bn")
        fill(block.pointwise.weight, f"conv_pw_{number}.kernel", (3, 2, 0, 1))
        fill_norm(block.norm, f"conv_pw_{number}_bn")
