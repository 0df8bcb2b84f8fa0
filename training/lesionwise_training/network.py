"""The networks: one encoder, with a decoder for the mask, a head for the scores, or both."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from . import TASKS
from .backbone import MobileNet
from .encoder import Encoder
from .refusal import Refusal

OUTPUTS = ("both", "mask", "scores")
POOLINGS = ("global", "lesion")


class Answer(NamedTuple):
    """Logits; `None` for what the network does not answer."""

    mask: Tensor | None
    """[n, h, w], at the size of the input."""
    scores: Tensor | None
    """[n, tasks]."""


class LesionNetwork(nn.Module):
    """One pass over a photograph; `outputs` says which of mask and scores it answers.

    With `pooling="lesion"` the scores look twice: at the features of the whole frame, and at those under
    and around the predicted mask. The mask is taken as given there: scores do not teach it.
    """

    def __init__(
        self,
        outputs: str,
        pooling: str = "global",
        dropout: float = 0.3,
        context: bool = False,
        encoder: Encoder | None = None,
    ) -> None:
        super().__init__()
        if outputs not in OUTPUTS:
            raise Refusal(f"outputs: {outputs!r} is not one of {', '.join(OUTPUTS)}")
        if pooling not in POOLINGS:
            raise Refusal(f"pooling: {pooling!r} is not one of {', '.join(POOLINGS)}")
        if pooling == "lesion" and outputs != "both":
            raise Refusal("pooling: lesion needs a network that answers both mask and scores")
        self.encoder = encoder or MobileNet()
        self.decoder = Decoder(self.encoder.channels, context) if outputs != "scores" else None
        self.head = ScoreHead(self.encoder.channels[-2:], pooling, dropout) if outputs != "mask" else None
        self.answers_mask = self.decoder is not None

    def drop_mask(self) -> None:
        """Answers the scores alone. A mask that they look under is still computed, and kept to itself."""
        if self.head is None:
            raise Refusal("a network without scores keeps its mask")
        self.answers_mask = False
        if self.head.pooling != "lesion":
            self.decoder = None

    def forward(self, images: Tensor) -> Answer:
        """`images`: [n, 3, h, w] of 0 to 255, h and w multiples of 32."""
        features = self.encoder(images / 127.5 - 1)
        mask = None
        if self.decoder is not None:
            mask = self.decoder(features)
        scores = None
        if self.head is not None:
            scores = self.head(features[-2:], mask)
        if not self.answers_mask:
            return Answer(None, scores)
        return Answer(functional.interpolate(mask, scale_factor=4.0, mode="bilinear")[:, 0], scores)


class Decoder(nn.Module):
    """U-Net's, of separable convolutions, from stride 32 to stride 4; a border is finer than that only
    where two people would not draw the same one either."""

    widths = (256, 128, 96)

    def __init__(self, channels: tuple[int, ...], context: bool) -> None:
        super().__init__()
        quarter, eighth, sixteenth, deepest = channels
        self.steps = nn.ModuleList()
        below = deepest
        for skip, width in zip((sixteenth, eighth, quarter), self.widths, strict=True):
            self.steps.append(_Separable(below + skip, width))
            below = width
        self.context = _Context(deepest, self.widths[0]) if context else None
        self.refine = _Separable(below, below)
        self.mask = nn.Conv2d(below, 1, 1)

    def forward(self, features: list[Tensor]) -> Tensor:
        """Logits [n, 1, h / 4, w / 4]."""
        x = features[-1]
        for step, skip in zip(self.steps, features[-2::-1], strict=True):
            x = step(torch.cat([functional.interpolate(x, scale_factor=2.0), skip], 1))
            if self.context is not None and step is self.steps[0]:
                x = x + self.context(features[-1])
        return self.mask(self.refine(x))


class _Context(nn.Sequential):
    """What the whole frame shows, [n, after, 1, 1]: whether a patch is the lesion depends on the rest."""

    def __init__(self, before: int, after: int) -> None:
        widen = nn.Conv2d(128, after, 1)
        # It begins by saying nothing, so that it may be added to a network that has learnt without it.
        nn.init.zeros_(widen.weight)
        nn.init.zeros_(widen.bias)
        super().__init__(nn.AdaptiveAvgPool2d(1), nn.Conv2d(before, 128, 1), nn.ReLU6(), widen)


class _Separable(nn.Module):
    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.pointwise = nn.Conv2d(before, after, 1, bias=False)
        self.norm_pointwise = nn.BatchNorm2d(after)
        self.depthwise = nn.Conv2d(after, after, 3, padding=1, groups=after, bias=False)
        self.norm_depthwise = nn.BatchNorm2d(after)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.relu6(self.norm_pointwise(self.pointwise(x)))
        return functional.relu6(self.norm_depthwise(self.depthwise(x)))


class ScoreHead(nn.Module):
    """Means of the features of strides 16 and 32, dropout, one linear map."""

    def __init__(self, channels: tuple[int, ...], pooling: str, dropout: float) -> None:
        super().__init__()
        self.pooling = pooling
        regions = 3 if pooling == "lesion" else 1
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(regions * sum(channels), len(TASKS))

    def forward(self, features: list[Tensor], mask: Tensor | None) -> Tensor:
        pooled = [feature.float().mean((2, 3)) for feature in features]
        if self.pooling == "lesion":
            lesion = mask.float().sigmoid().detach()
            for feature, cells in zip(features, (4, 8), strict=True):
                share = functional.avg_pool2d(lesion, cells)
                for weight in (share, functional.max_pool2d(share, 3, 1, 1) * (1 - share)):
                    # Where nothing is found the region is empty, and its mean is 0 rather than undefined.
                    total = weight.sum((2, 3)) + 0.5
                    pooled.append((feature.float() * weight).sum((2, 3)) / total)
        return self.linear(self.dropout(torch.cat(pooled, 1)))
