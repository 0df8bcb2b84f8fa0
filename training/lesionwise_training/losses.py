"""What training makes small."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def mask_loss(logits: Tensor, masks: Tensor, known: Tensor) -> Tensor:
    """1 - soft Jaccard of each photograph, as it is scored, plus cross-entropy, which has a gradient also
    where nothing overlaps yet. `masks` in [0, 1]; only the pixels in `known` [n, h, w] count, and
    photographs without any weigh nothing."""
    known = known.float()
    probability = logits.sigmoid() * known
    masks = masks * known
    both = (probability * masks).sum((1, 2))
    either = (probability + masks - probability * masks).sum((1, 2))
    jaccard = (both + 1) / (either + 1)
    entropy = functional.binary_cross_entropy_with_logits(logits, masks, reduction="none")
    pixels = known.sum((1, 2))
    each = 1 - jaccard + (entropy * known).sum((1, 2)) / pixels.clamp(min=1)
    weight = (pixels > 0).float()
    return (each * weight).sum() / weight.sum().clamp(min=1)


def score_loss(logits: Tensor, labels: Tensor, class_weights: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy of two independent tasks; `class_weights` [tasks] is the weight of a positive.
    `labels` may be soft. `smoothing` keeps a network from growing certain of what it learnt by heart."""
    soft = labels * (1 - smoothing) + 0.5 * smoothing
    return functional.binary_cross_entropy_with_logits(logits, soft, pos_weight=class_weights)


def ranking_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """A smooth form of 1 - AUC: the logistic loss of each pair of a positive and a negative in the batch.
    0 where the batch has no such pair."""
    losses = []
    for task in range(logits.shape[1]):
        positive = logits[labels[:, task] > 0.5, task]
        negative = logits[labels[:, task] <= 0.5, task]
        if len(positive) and len(negative):
            losses.append(functional.softplus(negative[None] - positive[:, None]).mean())
    return torch.stack(losses).mean() if losses else logits.sum() * 0
