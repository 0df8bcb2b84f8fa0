import numpy as np
import pytest

from lesionwise_training.statistics import auc, jaccard, mean_jaccard


def test_auc_of_four_cases_worked_by_hand() -> None:
    # Pairs (positive, negative): .4 > .1, .4 = .4 counts half, .8 > both: 3.5 of 4.
    assert auc(np.array([0, 1, 0, 1]), np.array([0.1, 0.4, 0.4, 0.8])).value == 0.875


def test_auc_has_delongs_standard_error() -> None:
    labels = np.array([1, 1, 1, 0, 0])
    scores = np.array([0.9, 0.5, 0.2, 0.4, 0.1])
    # Of positives 1, 1, 1/2 and of negatives 2/3, 1: variances 1/12 over 3 and 1/18 over 2.
    found = auc(labels, scores)
    assert found.value == pytest.approx(5 / 6)
    assert found.standard_error == pytest.approx((1 / 36 + 1 / 36) ** 0.5)


def test_auc_without_one_class_is_undefined() -> None:
    assert np.isnan(auc(np.ones(3), np.arange(3.0)).value)


def test_auc_knows_order_only() -> None:
    chance = np.random.default_rng(1)
    labels, scores = chance.random(60) < 0.3, chance.random(60)
    assert auc(labels, scores).value == auc(labels, np.exp(5 * scores)).value
    assert auc(labels, scores).value + auc(labels, -scores).value == pytest.approx(1)


def test_jaccard_at_the_size_of_the_reference() -> None:
    reference = np.zeros((8, 8), np.uint8)
    reference[:4, :4] = 255
    probability = np.array([[1.0, 0.0], [0.0, 0.0]])
    # Linear upsampling by 4 with half-pixel centres: 4 x 4 minus the corner, .625 x .625 < .5.
    assert jaccard(probability, reference) == 15 / 16
    assert jaccard(np.kron(probability, np.ones((4, 4))), reference) == 1.0
    assert np.isnan(jaccard(np.zeros((2, 2)), np.zeros((8, 8), np.uint8)))


def test_the_mean_leaves_out_what_is_undefined() -> None:
    found = mean_jaccard(np.array([0.5, np.nan, 0.7]))
    assert found.value == pytest.approx(0.6)
    assert found.standard_error == pytest.approx(0.1)
