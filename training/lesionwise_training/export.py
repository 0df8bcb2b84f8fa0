"""One graph for the product: uint8 photographs in, probabilities out."""

from __future__ import annotations

import copy
import math
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from .evaluation import Answerer, Answers
from .network import LesionNetwork
from .refusal import Refusal

OPSET = 17
STORED_BITS = (32, 16, 8)
AGREEMENT = 1e-4
"""Largest difference between a graph and its networks that is called equal."""


class Ensemble(nn.Module):
    """The mean answer of networks, and of the photograph's mirror images if `flips`.

    Takes uint8 [n, h, w, 3]; gives the probabilities that its networks answer, masks [n, h, w] first.
    Masks are averaged as probabilities and scores as logits, so that one network's certainty counts.
    """

    def __init__(self, networks: list[LesionNetwork], *, flips: bool = False) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)
        self.turns = ((), (2,), (3,), (2, 3)) if flips else ((),)

    @property
    def answers_masks(self) -> bool:
        return any(network.answers_mask for network in self.networks)

    @property
    def answers_scores(self) -> bool:
        return any(network.head is not None for network in self.networks)

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        upright = image.permute(0, 3, 1, 2).float()
        masks, scores = [], []
        for turn in self.turns:
            turned = upright.flip(turn) if turn else upright
            for network in self.networks:
                answer = network(turned)
                if answer.mask is not None:
                    # A mask has no channels: its axes are one less than the photograph's.
                    mask = answer.mask.sigmoid()
                    masks.append(mask.flip([axis - 1 for axis in turn]) if turn else mask)
                if answer.scores is not None:
                    scores.append(answer.scores)
        outputs = []
        if masks:
            outputs.append(_mean(masks))
        if scores:
            outputs.append(_mean(scores).sigmoid())
        return tuple(outputs)


def _mean(parts: list[Tensor]) -> Tensor:
    return parts[0] if len(parts) == 1 else torch.stack(parts).mean(0)


def of_ensemble(ensemble: Ensemble) -> Answerer:
    def answer(images: np.ndarray) -> Answers:
        ensemble.eval()
        with torch.inference_mode():
            outputs = [output.numpy() for output in ensemble(torch.from_numpy(images))]
        masks = outputs.pop(0) if ensemble.answers_masks else None
        return Answers(masks, outputs.pop(0) if outputs else None)

    return answer


def of_graph(file: Path) -> Answerer:
    """The graph by ONNX Runtime on the CPU."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]

    def answer(images: np.ndarray) -> Answers:
        outputs = dict(zip(names, session.run(names, {"image": images}), strict=True))
        return Answers(outputs.get("mask_probability"), outputs.get("scores"))

    return answer


def export(ensemble: Ensemble, size_px: int, file: Path, *, bits: int = 32) -> None:
    """Writes the graph. Weights are stored in 32, 16 or 8 `bits` and computed with in 32: a smaller file, the
    same speed. Raises `Refusal` where the graph answers other than its networks (weights rounded alike), or
    for another number of bits.
    """
    if bits not in STORED_BITS:
        raise Refusal(f"bits: {bits} is not one of {', '.join(map(str, STORED_BITS))}")
    if bits < 32:
        ensemble = _rounded(ensemble, bits)
    ensemble.eval()
    outputs = ["mask_probability"] * ensemble.answers_masks + ["scores"] * ensemble.answers_scores
    names = ["image", *outputs]
    with warnings.catch_warnings():
        # The newer exporter writes opset 18 and above only.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            ensemble,
            (torch.zeros(2, size_px, size_px, 3, dtype=torch.uint8),),
            file,
            dynamo=False,
            opset_version=OPSET,
            input_names=["image"],
            output_names=outputs,
            dynamic_axes={name: {0: "n"} for name in names},
        )
    graph = onnx.load(file)
    if bits < 32:
        _store(graph, bits)
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, file)
    require_agreement(ensemble, file, size_px)


def require_agreement(ensemble: Ensemble, file: Path, size_px: int) -> float:
    """Returns the largest difference between the graph's and the networks' answers to chance pixels, alone
    and in a batch; raises `Refusal` above `AGREEMENT`."""
    chance = np.random.default_rng(0)
    images = chance.integers(0, 256, (3, 8, 8, 3)).astype(np.uint8)
    images = images.repeat(size_px // 8, 1).repeat(size_px // 8, 2)
    networks, graph = of_ensemble(ensemble), of_graph(file)
    largest = 0.0
    for batch in (images[:1], images):
        for expected, found in zip(networks(batch), graph(batch), strict=True):
            if expected is not None:
                largest = max(largest, float(np.abs(expected - found).max()))
    if not largest <= AGREEMENT:
        raise Refusal(f"{file.name}: the graph differs from its networks by {largest:.1e}")
    return largest


def fold_norms(network: nn.Module) -> None:
    """Multiplies each batch norm into the convolution before it; the answers stay the same."""
    before: nn.Conv2d | None = None
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            before = module
        elif isinstance(module, nn.BatchNorm2d):
            _fold_norm(before, module)


@torch.no_grad()
def _fold_norm(kernel: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    kernel.weight.mul_(gain[:, None, None, None])
    kernel.bias = nn.Parameter(norm.bias - norm.running_mean * gain)
    norm.weight.fill_(1)
    norm.bias.zero_()
    norm.running_mean.zero_()
    norm.running_var.fill_(1 - norm.eps)


def _is_large(shape: Sequence[int]) -> bool:
    """Whether it pays to store a kernel of this shape in fewer bits."""
    return len(shape) > 1 and math.prod(shape) >= 256


def _steps(kernel: np.ndarray) -> np.ndarray:
    """float32 [out, 1, …]: the step between two levels of 8 bits, for each output of a kernel."""
    highest = np.abs(kernel).max(tuple(range(1, kernel.ndim)), keepdims=True)
    return np.maximum(highest, 1e-12).astype(np.float32) / 127


def _rounded(ensemble: Ensemble, bits: int) -> Ensemble:
    rounded = copy.deepcopy(ensemble)
    for network in rounded.networks:
        fold_norms(network)
        for weights in network.parameters():
            if not _is_large(weights.shape):
                continue
            if bits == 16:
                weights.data = weights.data.half().float()
            else:
                steps = torch.from_numpy(_steps(weights.detach().numpy()))
                weights.data = (weights.data / steps).round() * steps
    return rounded


def _store(graph: onnx.ModelProto, bits: int) -> None:
    """Stores every large kernel in so many bits; what widens it is computed once, when a session opens."""
    wideners = []
    for weights in list(graph.graph.initializer):
        if weights.data_type != TensorProto.FLOAT or not _is_large(weights.dims):
            continue
        name, values = weights.name, numpy_helper.to_array(weights)
        if bits == 16:
            weights.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
            wideners.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
            continue
        steps = _steps(values)
        levels = np.round(values / steps).astype(np.int8)
        weights.CopyFrom(numpy_helper.from_array(levels, f"{name}.levels"))
        graph.graph.initializer.append(numpy_helper.from_array(steps, f"{name}.steps"))
        widened = f"{name}.widened"
        wideners.append(helper.make_node("Cast", [f"{name}.levels"], [widened], to=TensorProto.FLOAT))
        wideners.append(helper.make_node("Mul", [widened, f"{name}.steps"], [name]))
    for position, node in enumerate(wideners):
        graph.graph.node.insert(position, node)
