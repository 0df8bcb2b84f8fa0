"""Which reference a mask is judged by."""

from pathlib import Path

import numpy as np
from PIL import Image

from lesionwise_training.cases import read_challenge
from lesionwise_training.evaluation import Answers, evaluate
from lesionwise_training.photographs import load_photographs


def test_masks_are_judged_at_the_sizes_of_photograph_and_original(challenge: Path) -> None:
    originals = challenge / "masks_original/val"
    originals.mkdir(parents=True)
    for case in read_challenge(challenge, "validation"):
        # Everything is lesion there, so that its figure is another one.
        Image.new("L", (192, 144), 255).save(originals / case.mask.name)
    photographs = load_photographs(read_challenge(challenge, "validation"), 64)
    perfect = Answers((photographs.masks / 255).astype(np.float32), None)
    found = evaluate(perfect, photographs)
    assert found["jaccard"].value > 0.95
    assert abs(found["jaccard_original"].value - (photographs.masks > 128).mean()) < 0.02
    photographs.masks[:] = 0
    learnt_size = evaluate(perfect, photographs, full_size=False)
    assert learnt_size.keys() == {"jaccard"}
    assert learnt_size["jaccard"].value == 0
