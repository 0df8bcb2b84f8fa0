"""Encoders of timm and torchvision, by name, with their weights from ImageNet."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn

from .encoder import STRIDES, Encoder
from .refusal import Refusal

HUBS = ("timm", "torchvision")
IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
"""Mean and standard deviation by which torchvision normalises."""


def is_hub_name(name: str) -> bool:
    """Whether `name` is one such as `timm:<name>` or `torchvision:<name>`."""
    return name.partition(":")[0] in HUBS


class HubEncoder(Encoder):
    """A network of `timm:<name>` or `torchvision:<name>` without what comes after its last features.

    Raises `Refusal` where the library is not installed, does not know the name or cannot reach its hub, and
    for a network that has no features of all of the strides 4, 8, 16 and 32.
    """

    def __init__(self, name: str, *, pretrained: bool = False) -> None:
        super().__init__()
        hub, _, model = name.partition(":")
        make = _timm_body if hub == "timm" else _torchvision_body
        try:
            self.body, mean, deviation = make(model, pretrained)
        except ImportError as error:
            raise Refusal(f"{name}: {hub} is not installed here") from error
        except Refusal:
            raise
        except Exception as error:
            what = f"{hub} cannot give its weights" if pretrained else "it is no encoder for masks"
            raise Refusal(
                f"{name}: {what}: {(str(error) or type(error).__name__).splitlines()[0]}"
            ) from error
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(deviation).view(1, 3, 1, 1), persistent=False)
        try:
            self.channels = self._channels()
        except Exception as error:
            raise Refusal(f"{name}: it has no features of all of the strides {STRIDES}") from error

    def forward(self, images: Tensor) -> list[Tensor]:
        return list(self.body(((images + 1) / 2 - self.mean) / self.deviation))

    def first_blocks(self, count: int) -> list[nn.Module]:
        layers = self.body.layers if isinstance(self.body, _Stages) else self.body.children()
        return list(itertools.islice(layers, count))

    @torch.no_grad()
    def _channels(self) -> tuple[int, ...]:
        side, training = 64, self.training
        # Nothing may be learnt from this, norms included.
        features = self.eval()(torch.zeros(1, 3, side, side))
        self.train(training)
        found = [tuple(side // length for length in feature.shape[2:]) for feature in features]
        if found != [(stride, stride) for stride in STRIDES]:
            raise ValueError(f"features of the strides {found}")
        return tuple(feature.shape[1] for feature in features)


def _timm_body(model: str, pretrained: bool) -> tuple[nn.Module, tuple[float, ...], tuple[float, ...]]:
    import timm

    if model.split(".")[0] not in timm.list_models(module=""):
        raise Refusal(f"timm:{model}: timm does not know it")
    strides = timm.create_model(model, features_only=True).feature_info.reduction()
    wanted = [index for index, stride in enumerate(strides) if stride in STRIDES]
    body = timm.create_model(model, features_only=True, out_indices=wanted, pretrained=pretrained)
    settings = timm.get_pretrained_cfg(model)
    return body, settings.mean, settings.std


def _torchvision_body(model: str, pretrained: bool) -> tuple[nn.Module, tuple[float, ...], tuple[float, ...]]:
    from torchvision import models

    if model not in models.list_models(module=models):
        raise Refusal(f"torchvision:{model}: torchvision does not know it")
    whole = models.get_model(model, weights="DEFAULT" if pretrained else None)
    return _Stages(whole), *IMAGENET


class _Stages(nn.Module):
    """The layers of a network for classes, one after the other; gives what is last of each stride."""

    def __init__(self, whole: nn.Module) -> None:
        super().__init__()
        layers = whole.features if isinstance(getattr(whole, "features", None), nn.Sequential) else whole
        flat = itertools.chain.from_iterable(map(_flattened, layers.children()))
        before_pooling = (nn.AdaptiveAvgPool2d, nn.Linear)
        self.layers = nn.ModuleList(
            itertools.takewhile(lambda layer: not isinstance(layer, before_pooling), flat)
        )
        self.last = self._last_of_each_stride()

    def forward(self, x: Tensor) -> list[Tensor]:
        features = []
        for index, layer in enumerate(self.layers):
            x = layer(x)
            if index in self.last:
                features.append(x)
        return features

    @torch.no_grad()
    def _last_of_each_stride(self) -> frozenset[int]:
        side, last = 64, {}
        x = torch.zeros(1, 3, side, side)
        training = self.training
        self.eval()
        for index, layer in enumerate(self.layers):
            x = layer(x)
            if x.dim() == 4:
                last[side // x.shape[-1]] = index
        self.train(training)
        return frozenset(last[stride] for stride in STRIDES if stride in last)


def _flattened(layer: nn.Module) -> list[nn.Module]:
    """A sequence of layers as its layers; whatever computes in its own way, as it is."""
    if type(layer).forward is nn.Sequential.forward:
        return [part for child in layer.children() for part in _flattened(child)]
    return [layer]
