"""The loop. A run is a folder: `recipe.json`, `log.csv`, and a checkpoint after every epoch.

Whatever kills a run, starting it again goes on behind the last whole epoch and, on the same device with as
many threads, arrives at the same weights: each epoch draws all its chance from (seed, epoch).
"""

from __future__ import annotations

import csv
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from .augmentation import Augmenter
from .backbone import MobileNet, load_npz
from .cases import cases_sha256
from .evaluation import answer_all, evaluate, of_network
from .hub import HubEncoder, is_hub_name
from .losses import mask_loss, ranking_loss, score_loss
from .network import LesionNetwork
from .photographs import Photographs
from .recipe import MOBILENET, Recipe
from .refusal import Refusal

CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True)
class Order:
    """What a person asks for."""

    recipe: Recipe
    run: Path
    learn: Photographs
    judge: dict[str, Photographs]
    """Only looked at: nothing is chosen by it here."""
    judge_every: int = 1
    """Epochs; the last one is always judged."""
    init: str | None = None
    """A .npz of MobileNet v1, the recipe's encoder if that is of a hub, or `run:<folder>`; None is chance."""
    device: str = "auto"
    after_step: Callable[[int], None] = lambda _: None


def train(order: Order) -> LesionNetwork:
    """Trains, or goes on training, and returns the averaged network.

    Raises `Refusal` where the run's folder holds another recipe's or other photographs' run.
    """
    recipe, device = order.recipe, choose_device(order.device)
    torch.manual_seed(recipe.seed)
    network = network_of(recipe)
    data_sha256 = cases_sha256(order.learn.cases)
    saved = _saved(order, data_sha256)
    if order.init and not saved:
        initialise(network, order.init)
    network.encoder.freeze(recipe.frozen_blocks)
    network.to(device=device, memory_format=torch.channels_last)
    average = WeightAverage(network, network_of(recipe), recipe.average_decay)
    optimizer = _optimizer(network, recipe)
    order.run.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    if saved:
        network.load_state_dict(saved["network"])
        average.network.load_state_dict(saved["average"])
        average.steps = saved["steps"]
        optimizer.load_state_dict(saved["optimizer"])
        rows = saved["rows"]
    (order.run / "recipe.json").write_text(json.dumps(recipe.as_json(), indent=2) + "\n")
    augment = Augmenter(recipe.augmentation, recipe.seed, recipe.size_px)
    step = _Step(network, optimizer, average, augment, order, device)
    bar = tqdm(
        total=recipe.epochs * step.steps_per_epoch,
        initial=len(rows) * step.steps_per_epoch,
        unit="batch",
        mininterval=1.0,
        disable=None,
        dynamic_ncols=True,
    )
    for epoch in range(len(rows), recipe.epochs):
        began = time.monotonic()
        loss = step.epoch(epoch, bar)
        row = {"epoch": epoch + 1, "size_px": recipe.size_in(epoch), "loss": round(loss, 5)}
        if (epoch + 1) % order.judge_every == 0 or epoch + 1 == recipe.epochs:
            row |= _judged(average.network, order.judge, device)
        row["seconds"] = round(time.monotonic() - began, 1)
        rows.append(row)
        _save(order.run, network, average, optimizer, rows, recipe, data_sha256)
        _write_log(order.run / "log.csv", rows)
        left_min = (recipe.epochs - epoch - 1) * row["seconds"] / 60
        bar.write(f"{json.dumps(row)}  {left_min:.0f} min left")
    bar.close()
    return average.network


def load_run(run: Path, device: str = "cpu") -> tuple[LesionNetwork, Recipe, str]:
    """The averaged network of a run, its recipe, and the hash of what it learnt from."""
    if not (run / CHECKPOINT).is_file():
        raise Refusal(f"{run.name}: there is no checkpoint in this folder")
    saved = torch.load(run / CHECKPOINT, map_location=device, weights_only=True)
    recipe = Recipe.from_json(saved["recipe"])
    network = network_of(recipe)
    network.load_state_dict(saved["average"])
    return network.to(device).eval(), recipe, saved["data_sha256"]


def network_of(recipe: Recipe) -> LesionNetwork:
    """With weights of chance."""
    encoder = MobileNet() if recipe.encoder == MOBILENET else HubEncoder(recipe.encoder)
    return LesionNetwork(recipe.outputs, recipe.pooling, recipe.dropout, recipe.context, encoder)


def choose_device(name: str) -> torch.device:
    """`auto` is CUDA where there is one; a device asked for by name is never replaced by another."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cuda" and not torch.cuda.is_available():
        raise Refusal("device: cuda was asked for, and this machine has none")
    if name not in ("cpu", "cuda"):
        raise Refusal(f"device: {name!r} is not one of auto, cpu, cuda")
    return torch.device(name)


def initialise(network: LesionNetwork, init: str) -> None:
    """Fills the encoder with weights trained on ImageNet: from a file, or those of the hub that its name
    says; or all that has the same name and shape with what `run:<folder>` learnt."""
    if init.startswith("run:"):
        learnt, own = load_run(Path(init.removeprefix("run:")))[0].state_dict(), network.state_dict()
        fitting = {name: values for name, values in learnt.items() if _shape(own.get(name)) == values.shape}
        network.load_state_dict(fitting, strict=False)
    elif is_hub_name(init):
        network.encoder.load_state_dict(HubEncoder(init, pretrained=True).state_dict())
    elif isinstance(network.encoder, MobileNet):
        load_npz(network.encoder, Path(init))
    else:
        raise Refusal(f"init: {Path(init).name} has weights of MobileNet v1, and the encoder is another one")


def _shape(values: Tensor | None) -> torch.Size | None:
    return None if values is None else values.shape


class WeightAverage:
    """A running average of weights and batch norms; the first steps weigh less, being far off."""

    def __init__(self, network: LesionNetwork, own: LesionNetwork, decay: float) -> None:
        self.network = own
        device = next(network.parameters()).device
        self.network.to(device=device, memory_format=torch.channels_last)
        self.network.load_state_dict(network.state_dict())
        self.network.requires_grad_(False)
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, network: LesionNetwork) -> None:
        self.steps += 1
        share = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        own, new = self.network.state_dict(), network.state_dict()
        floats = [name for name, values in own.items() if values.is_floating_point()]
        torch._foreach_lerp_([own[name] for name in floats], [new[name] for name in floats], share)


class _Step:
    """One epoch's worth of steps."""

    def __init__(
        self,
        network: LesionNetwork,
        optimizer: torch.optim.Optimizer,
        average: WeightAverage,
        augment: Augmenter,
        order: Order,
        device: torch.device,
    ) -> None:
        self.network, self.optimizer, self.average = network, optimizer, average
        self.augment, self.order, self.device = augment, order, device
        self.images = torch.from_numpy(order.learn.images)
        self.masks = torch.from_numpy(order.learn.masks)
        self.has_mask = torch.from_numpy(order.learn.has_mask)
        self.labels = torch.from_numpy(order.learn.labels)
        positives = self.labels.sum(0).clamp(min=1)
        # The root lies between an equal weight for each photograph and one for each class.
        self.class_weights = ((len(self.labels) - positives) / positives).sqrt().to(device)
        self.steps_per_epoch = len(list(self._batches(torch.arange(len(self.labels)))))
        if not self.steps_per_epoch:
            raise Refusal("there are too few photographs to train on: at least 2")

    def _batches(self, order: Tensor) -> Iterator[Tensor]:
        # Batch norm cannot learn from a single photograph.
        return (batch for batch in order.split(self.order.recipe.batch) if len(batch) > 1)

    def epoch(self, epoch: int, bar: tqdm) -> float:
        """Returns the mean loss."""
        recipe = self.order.recipe
        chance = torch.Generator().manual_seed(recipe.seed * 100_003 + epoch)
        torch.manual_seed(recipe.seed * 100_003 + epoch)
        self.network.train()
        losses = []
        shuffled = torch.randperm(len(self.labels), generator=chance)
        for number, batch in enumerate(self._batches(shuffled)):
            done = epoch * self.steps_per_epoch + number
            self._set_rates(done)
            losses.append(self._learn(batch, recipe.size_in(epoch), chance))
            self.average.update(self.network)
            bar.update()
            bar.set_postfix(epoch=epoch + 1, loss=f"{losses[-1]:.3f}", refresh=False)
            self.order.after_step(done + 1)
        return sum(losses) / len(losses)

    def _set_rates(self, done: int) -> None:
        total = self.order.recipe.epochs * self.steps_per_epoch
        warm = min(1.0, (done + 1) / min(self.steps_per_epoch, max(1, total // 10)))
        share = warm * (0.01 + 0.99 * (1 + math.cos(math.pi * done / total)) / 2)
        for group in self.optimizer.param_groups:
            group["lr"] = group["highest"] * share

    def _learn(self, batch: Tensor, size_px: int, chance: torch.Generator) -> float:
        images = self.images[batch].to(self.device)
        masks = self.masks[batch].to(self.device)
        labels = self.labels[batch].to(self.device)
        has_mask = self.has_mask[batch].to(self.device)
        pixels, masks, known = self.augment(images, masks, size_px, chance)
        known = known & has_mask[:, None, None]
        mixed = torch.rand(1, generator=chance).item() < self.order.recipe.mixup
        share = float(np.random.default_rng(int(torch.randint(2**31, (1,), generator=chance))).beta(0.4, 0.4))
        if mixed:
            pixels, masks, labels = (
                torch.lerp(values.flip(0), values, max(share, 1 - share))
                for values in (pixels, masks, labels)
            )
            known = known & known.flip(0)
        pixels = pixels.contiguous(memory_format=torch.channels_last)
        with _half_precision(self.device):
            answer = self.network(pixels)
        loss = self._loss(answer, masks, known, labels)
        if not torch.isfinite(loss):
            raise Refusal("the loss is no longer finite: lower the learning rate")
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimizer.step()
        return loss.item()

    def _loss(self, answer: Any, masks: Tensor, known: Tensor, labels: Tensor) -> Tensor:
        recipe = self.order.recipe
        loss = torch.zeros((), device=self.device)
        if answer.mask is not None:
            loss = loss + mask_loss(answer.mask.float(), masks, known)
        if answer.scores is not None:
            scores = answer.scores.float()
            own = score_loss(scores, labels, self.class_weights, recipe.smoothing)
            if recipe.ranking_weight:
                own = own + recipe.ranking_weight * ranking_loss(scores, labels)
            loss = loss + recipe.score_weight * own
        return loss


def _half_precision(device: torch.device) -> Any:
    """bfloat16 where the device computes with it; elsewhere it would only be slower."""
    known = torch.cuda.is_bf16_supported() if device.type == "cuda" else _cpu_has_bfloat16()
    return torch.autocast(device.type, torch.bfloat16) if known else nullcontext()


def _cpu_has_bfloat16() -> bool:
    file = Path("/proc/cpuinfo")
    return file.is_file() and "avx512_bf16" in file.read_text()


def _optimizer(network: LesionNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    """Kernels decay; norms and biases, which have one dimension, do not."""
    groups = []
    parts = {"encoder": recipe.encoder_rate, "decoder": recipe.rate, "head": recipe.rate}
    for name, rate in parts.items():
        part = getattr(network, name)
        parameters = list(part.parameters()) if part is not None else []
        parameters = [values for values in parameters if values.requires_grad]
        for decays in (True, False):
            chosen = [values for values in parameters if (values.dim() > 1) == decays]
            decay = recipe.weight_decay if decays else 0.0
            groups.append({"params": chosen, "weight_decay": decay, "highest": rate, "lr": rate})
    return torch.optim.AdamW([group for group in groups if group["params"]])


def _judged(network: LesionNetwork, judge: dict[str, Photographs], device: torch.device) -> dict[str, float]:
    row = {}
    for name, photographs in judge.items():
        answers = answer_all(of_network(network, device), photographs.images)
        for measure, estimate in evaluate(answers, photographs, full_size=False).items():
            row[f"{name}_{measure}"] = round(estimate.value, 4)
    return row


def _saved(order: Order, data_sha256: str) -> dict[str, Any] | None:
    file = order.run / CHECKPOINT
    if not file.is_file():
        return None
    saved = torch.load(file, map_location="cpu", weights_only=True)
    if Recipe.from_json(saved["recipe"]) != order.recipe:
        raise Refusal(f"{order.run.name}: the run in this folder has another recipe")
    if saved["data_sha256"] != data_sha256:
        raise Refusal(f"{order.run.name}: the run in this folder learnt from other photographs")
    return saved


def _save(
    run: Path,
    network: LesionNetwork,
    average: WeightAverage,
    optimizer: torch.optim.Optimizer,
    rows: list[dict[str, Any]],
    recipe: Recipe,
    data_sha256: str,
) -> None:
    """Whole or not at all, also when the power fails."""
    unfinished = run / f"{CHECKPOINT}.unfinished"
    with unfinished.open("wb") as file:
        torch.save(
            {
                "network": network.state_dict(),
                "average": average.network.state_dict(),
                "steps": average.steps,
                "optimizer": optimizer.state_dict(),
                "rows": rows,
                "recipe": recipe.as_json(),
                "data_sha256": data_sha256,
            },
            file,
        )
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(run / CHECKPOINT)


def _write_log(file: Path, rows: list[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", newline="") as log:
        writer = csv.DictWriter(log, fieldnames=columns)
        writer.writeheader()
        writer.writerows(rows)
