"""The official measures, as libs/metrics has them; a second opinion, never the numbers of a card."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

Z_95 = 1.959963984540054


class Estimate(NamedTuple):
    """A value and its standard error; NaN where it is not defined."""

    value: float
    standard_error: float

    @property
    def low(self) -> float:
        return self.value - Z_95 * self.standard_error

    @property
    def high(self) -> float:
        return self.value + Z_95 * self.standard_error


def auc(labels: np.ndarray, scores: np.ndarray) -> Estimate:
    """Area under the ROC curve, ties counted half, with DeLong's standard error."""
    positive, negative = scores[labels > 0.5], scores[labels <= 0.5]
    if not len(positive) or not len(negative):
        return Estimate(float("nan"), float("nan"))
    pairs = np.sign(positive[:, None].astype(np.float64) - negative[None]) / 2 + 0.5
    of_positive, of_negative = pairs.mean(1), pairs.mean(0)
    variance = 0.0
    for parts in (of_positive, of_negative):
        variance += parts.var(ddof=1) / len(parts) if len(parts) > 1 else float("nan")
    return Estimate(float(pairs.mean()), float(np.sqrt(variance)))


def mean_jaccard(values: np.ndarray) -> Estimate:
    """Mean over photographs, undefined ones left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Estimate(float("nan"), float("nan"))
    error = known.std(ddof=1) / np.sqrt(len(known)) if len(known) > 1 else float("nan")
    return Estimate(float(known.mean()), float(error))


def jaccard(probability: np.ndarray, reference: np.ndarray, threshold: float = 0.5) -> float:
    """Of one photograph: `probability` [h, w] is upsampled to the size of `reference` (uint8, lesion above
    128) by a linear filter with half-pixel centres, and cut there. NaN where both are empty."""
    upsampled = functional.interpolate(
        torch.from_numpy(np.ascontiguousarray(probability, np.float32))[None, None],
        reference.shape,
        mode="bilinear",
        align_corners=False,
    )[0, 0]
    predicted = upsampled.numpy() >= threshold
    lesion = reference > 128
    either = np.count_nonzero(predicted | lesion)
    return np.count_nonzero(predicted & lesion) / either if either else float("nan")
