"""What a network answers, and how good that is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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


def evaluate(answers: Answers, photographs: Photographs, *, official: bool = True) -> dict[str, Estimate]:
    """By `jaccard`, `melanoma` and `seborrheic_keratosis`, as far as they are answered.

    `official` scores masks at the photographs' own sizes; otherwise at the size that was learnt from,
    which is quicker and differs by a few thousandths.
    """
    estimates = {}
    if answers.masks is not None:
        with ThreadPoolExecutor(2) as pool:
            indices = np.flatnonzero(photographs.has_mask)
            each = pool.map(
                lambda index: jaccard(answers.masks[index], _reference(photographs, index, official)),
                indices,
            )
            estimates["jaccard"] = mean_jaccard(np.array(list(each)))
    if answers.scores is not None:
        for index, task in enumerate(TASKS):
            estimates[task] = auc(photographs.labels[:, index], answers.scores[:, index])
    return estimates


def _reference(photographs: Photographs, index: int, official: bool) -> np.ndarray:
    case = photographs.cases[index]
    original = case.original_mask or case.mask
    return read_mask(original) if official and original else photographs.masks[index]
