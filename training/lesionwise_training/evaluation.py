"""What a network answers, and how good that is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import torch

from . import TASKS
from .network import LesionNetwork
from .photographs import Photographs, read_mask
from .statistics import Estimate, auc, jaccard, mean_jaccard


class Answers(NamedTuple):
    """Of many photographs; `None` for what is not answered."""

    masks: np.ndarray | None
    """float32 [n, h, w], probabilities."""
    scores: np.ndarray | None
    """float32 [n, tasks]."""


class Answerer(Protocol):
    """Answers uint8 [n, h, w, 3]."""

    def __call__(self, images: np.ndarray) -> Answers: ...


def of_network(network: LesionNetwork, device: torch.device) -> Answerer:
    """In float32, without chance."""

    def answer(images: np.ndarray) -> Answers:
        network.eval()
        with torch.inference_mode():
            pixels = torch.from_numpy(images).to(device).permute(0, 3, 1, 2).float()
            mask, scores = network(pixels.contiguous(memory_format=torch.channels_last))
        return Answers(
            None if mask is None else mask.float().sigmoid().cpu().numpy(),
            None if scores is None else scores.float().sigmoid().cpu().numpy(),
        )

    return answer


def answer_all(answerer: Answerer, images: np.ndarray, batch: int = 16) -> Answers:
    parts = [answerer(images[start : start + batch]) for start in range(0, len(images), batch)]
    masks = [part.masks for part in parts if part.masks is not None]
    scores = [part.scores for part in parts if part.scores is not None]
    return Answers(np.concatenate(masks) if masks else None, np.concatenate(scores) if scores else None)


def evaluate(answers: Answers, photographs: Photographs, *, full_size: bool = True) -> dict[str, Estimate]:
    """By `jaccard`, `melanoma` and `seborrheic_keratosis`, as far as they are answered.

    `full_size` scores masks at the photographs' own sizes, as the product does, and once more by
    `jaccard_original` where masks of larger originals are at hand, as the challenge does; otherwise at the
    size that was learnt from, which is quicker and differs by a few thousandths.
    """
    estimates = {}
    if answers.masks is not None:
        indices = np.flatnonzero(photographs.has_mask)
        cases = [photographs.cases[index] for index in indices]
        references = [
            case.mask if full_size else photographs.masks[i] for i, case in zip(indices, cases, strict=True)
        ]
        estimates["jaccard"] = _mean_jaccard(answers.masks[indices], references)
        if full_size and cases and all(case.original_mask for case in cases):
            originals = [case.original_mask for case in cases]
            estimates["jaccard_original"] = _mean_jaccard(answers.masks[indices], originals)
    if answers.scores is not None:
        for index, task in enumerate(TASKS):
            estimates[task] = auc(photographs.labels[:, index], answers.scores[:, index])
    return estimates


def _mean_jaccard(probabilities: np.ndarray, references: list[Path | np.ndarray]) -> Estimate:
    def one(probability: np.ndarray, reference: Path | np.ndarray) -> float:
        return jaccard(probability, read_mask(reference) if isinstance(reference, Path) else reference)

    with ThreadPoolExecutor(2) as pool:
        return mean_jaccard(np.array(list(pool.map(one, probabilities, references))))
