"""Everything that decides what comes out of a training, beside the photographs."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from .augmentation import Augmentation
from .hub import is_hub_name
from .network import OUTPUTS, POOLINGS
from .refusal import Refusal

MOBILENET = "mobilenet_v1"


@dataclass(frozen=True)
class Recipe:
    """The defaults are where to begin; the card of each package says with what it was trained."""

    outputs: str = "both"
    encoder: str = MOBILENET
    """`mobilenet_v1`, or a network of a hub: `timm:<name>` or `torchvision:<name>`."""
    pooling: str = "global"
    context: bool = False
    """Whether the decoder sees the mean of the whole frame beside each place's own features."""
    epochs: int = 20
    batch: int = 16
    size_px: int = 256
    """Of the photographs in memory, from which augmentation cuts."""
    input_px: int = 224
    """Of the input of the exported graph, and of what is judged. Augmentation enlarges lesions, so that this
    may be larger than most of what was learnt from (Touvron et al. 2019)."""
    early_size_px: int = 192
    """Of the first epochs, which are cheaper so."""
    late_size_px: int = 224
    """Of the last epochs."""
    late_share: float = 0.3
    """Share of the epochs at `late_size_px`."""
    frozen_blocks: int = 0
    """First blocks of the encoder, beside its stem, that keep their first weights."""
    rate: float = 1e-3
    """Highest learning rate of decoder and head; warmed up in one epoch, then a cosine to 1 %."""
    encoder_rate: float = 3e-4
    weight_decay: float = 0.05
    dropout: float = 0.4
    smoothing: float = 0.05
    mixup: float = 0.0
    """Share of batches in which each photograph is mixed with another one."""
    score_weight: float = 1.0
    """Weight of the scores' loss against the mask's."""
    ranking_weight: float = 0.0
    """Weight of the smooth 1 - AUC within the scores' loss."""
    average_decay: float = 0.997
    """Of the running average of the weights, which is what is evaluated and exported."""
    seed: int = 1
    augmentation: Augmentation = field(default_factory=Augmentation)

    def __post_init__(self) -> None:
        for name, allowed in (("outputs", OUTPUTS), ("pooling", POOLINGS)):
            if getattr(self, name) not in allowed:
                raise Refusal(f"{name}: {getattr(self, name)!r} is not one of {', '.join(allowed)}")
        if self.encoder != MOBILENET and not is_hub_name(self.encoder):
            raise Refusal(
                f"encoder: {self.encoder!r} is neither {MOBILENET} nor timm:<name> nor torchvision:<name>"
            )
        for name in ("size_px", "input_px", "early_size_px", "late_size_px"):
            if getattr(self, name) < 64 or getattr(self, name) % 32:
                raise Refusal(f"{name}: {getattr(self, name)} is not a multiple of 32 from 64")
        for name, lowest in (("epochs", 1), ("batch", 2)):
            if getattr(self, name) < lowest:
                raise Refusal(f"{name}: {getattr(self, name)} is less than {lowest}")

    def size_in(self, epoch: int) -> int:
        """Width and height in pixels of what is learnt from in an epoch, counted from 0."""
        late = epoch >= round(self.epochs * (1 - self.late_share))
        return self.late_size_px if late else self.early_size_px

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @staticmethod
    def from_json(values: dict[str, Any]) -> Recipe:
        own = dict(values)
        augmentation = dict(own.pop("augmentation"))
        augmentation["zoom"] = tuple(augmentation["zoom"])
        return Recipe(**own, augmentation=Augmentation(**augmentation))
