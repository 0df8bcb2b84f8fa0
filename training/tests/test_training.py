import csv
import dataclasses
import math
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from lesionwise_training.__main__ import main
from lesionwise_training.augmentation import Augmentation, Augmenter
from lesionwise_training.backbone import MobileNet, load_npz
from lesionwise_training.cases import read_challenge
from lesionwise_training.losses import mask_loss, ranking_loss
from lesionwise_training.network import LesionNetwork
from lesionwise_training.photographs import Photographs, load_photographs
from lesionwise_training.recipe import Recipe
from lesionwise_training.refusal import Refusal
from lesionwise_training.training import Order, choose_device, initialise, load_run, network_of, train

SMALL = Recipe(
    epochs=3,
    batch=8,
    size_px=64,
    input_px=64,
    early_size_px=64,
    late_size_px=64,
    rate=3e-3,
    average_decay=0.8,
)


@pytest.fixture
def learn(challenge: Path) -> Photographs:
    return load_photographs(read_challenge(challenge, "training"), 64)


def order(learn: Photographs, run: Path, recipe: Recipe = SMALL, **more) -> Order:
    return Order(recipe=recipe, run=run, learn=learn, judge={}, device="cpu", **more)


def weights(run: Path) -> dict[str, torch.Tensor]:
    return load_run(run)[0].state_dict()


def are_equal(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(values, other[name]) for name, values in one.items())


@pytest.mark.parametrize(
    ("outputs", "pooling"), [("both", "lesion"), ("mask", "global"), ("scores", "global")]
)
def test_the_loss_falls(learn: Photographs, tmp_path: Path, outputs: str, pooling: str) -> None:
    recipe = dataclasses.replace(SMALL, outputs=outputs, pooling=pooling, epochs=6, ranking_weight=0.5)
    recipe = dataclasses.replace(recipe, context=outputs == "mask")
    train(order(learn, tmp_path / "run", recipe))
    losses = [float(row["loss"]) for row in csv.DictReader((tmp_path / "run/log.csv").open())]
    assert len(losses) == 6
    # Three batches an epoch, each augmented by chance: one epoch alone says little.
    assert sum(losses[3:]) / 3 < 0.9 * losses[0]


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(
    learn: Photographs, tmp_path: Path
) -> None:
    recipe = dataclasses.replace(SMALL, epochs=1, mixup=0.5)
    for name, seed in (("first", 1), ("second", 1), ("other", 2)):
        train(order(learn, tmp_path / name, dataclasses.replace(recipe, seed=seed)))
    assert are_equal(weights(tmp_path / "first"), weights(tmp_path / "second"))
    assert not are_equal(weights(tmp_path / "first"), weights(tmp_path / "other"))


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_training import SMALL, order
from lesionwise_training.cases import read_challenge
from lesionwise_training.losses import mask_loss, ranking_loss
from lesionwise_training.network import LesionNetwork
from lesionwise_training.photographs import load_photographs
from lesionwise_training.training import train

def kill(step):
    if step == 5:
        os.kill(os.getpid(), signal.SIGKILL)

learn = load_photographs(read_challenge(Path(sys.argv[1]), "training"), 64)
train(order(learn, Path(sys.argv[2]), after_step=kill))
"""


def test_a_run_killed_within_an_epoch_goes_on_to_the_same_weights(
    challenge: Path, learn: Photographs, tmp_path: Path
) -> None:
    train(order(learn, tmp_path / "whole"))
    tests = Path(__file__).parent
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, challenge, tmp_path / "killed", tests],
        cwd=tests.parent,
        env={**os.environ, "OMP_NUM_THREADS": str(torch.get_num_threads())},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert len(list(csv.DictReader((tmp_path / "killed/log.csv").open()))) == 1
    assert not are_equal(weights(tmp_path / "whole"), weights(tmp_path / "killed"))
    train(order(learn, tmp_path / "killed"))
    assert are_equal(weights(tmp_path / "whole"), weights(tmp_path / "killed"))
    assert len(list(csv.DictReader((tmp_path / "killed/log.csv").open()))) == 3


def test_a_run_is_not_continued_with_another_recipe_or_other_photographs(
    learn: Photographs, tmp_path: Path
) -> None:
    recipe = dataclasses.replace(SMALL, epochs=1)
    train(order(learn, tmp_path / "run", recipe))
    with pytest.raises(Refusal, match="run: the run in this folder has another recipe"):
        train(order(learn, tmp_path / "run", dataclasses.replace(recipe, epochs=2)))
    fewer = dataclasses.replace(learn, cases=learn.cases[:-1])
    with pytest.raises(Refusal, match="learnt from other photographs"):
        train(order(fewer, tmp_path / "run", recipe))


def test_the_mask_loss_of_two_pixels_worked_by_hand() -> None:
    logits = torch.zeros(2, 1, 3)
    masks = torch.tensor([[[1.0, 0.0, 1.0]], [[1.0, 1.0, 1.0]]])
    known = torch.tensor([[[True, True, False]], [[False, False, False]]])
    # p = .5 twice: overlap .5, union 1.5, each plus 1; the third pixel and the second photograph are unknown.
    assert mask_loss(logits, masks, known).item() == pytest.approx(1 - 1.5 / 2.5 + math.log(2))
    assert mask_loss(logits, masks, known & False).item() == 0


def test_the_ranking_loss_falls_with_the_auc_and_is_0_without_pairs() -> None:
    labels = torch.tensor([[1.0, 0], [0.0, 0]])
    right, wrong = torch.tensor([[2.0, 0], [-2.0, 0]]), torch.tensor([[-2.0, 0], [2.0, 0]])
    assert ranking_loss(right, labels).item() == pytest.approx(math.log1p(math.exp(-4)))
    assert ranking_loss(wrong, labels).item() == pytest.approx(4 + math.log1p(math.exp(-4)))
    assert ranking_loss(right, labels * 0).item() == 0


def test_photographs_without_masks_teach_the_scores_only(learn: Photographs, tmp_path: Path) -> None:
    recipe = dataclasses.replace(SMALL, epochs=1)
    learn.has_mask[:12] = False
    train(order(learn, tmp_path / "blank", recipe))
    learn.masks[:12] = 255
    train(order(learn, tmp_path / "painted", recipe))
    assert are_equal(weights(tmp_path / "blank"), weights(tmp_path / "painted"))


def test_augmentation_moves_a_mask_with_its_photograph(learn: Photographs) -> None:
    images, masks = torch.from_numpy(learn.images), torch.from_numpy(learn.masks)
    images = masks[..., None].expand(-1, -1, -1, 3).contiguous()
    still = Augmentation(gain=0, brightness=0, contrast=0, saturation=0, constancy=0, hair=0, erase=0)
    pixels, moved, known = Augmenter(still, 1, 64)(images, masks, 96, torch.Generator().manual_seed(3))
    assert 0.7 < known.float().mean() < 1
    assert pixels.shape == (24, 3, 96, 96)
    assert (pixels[:, 0] / 255 - moved).abs().max() < 1e-5
    assert (
        moved - torch.nn.functional.interpolate(masks[:, None].float() / 255, 96)[:, 0]
    ).abs().mean() > 0.02


def test_augmentation_changes_light_and_adds_hair_but_leaves_the_mask(learn: Photographs) -> None:
    images, masks = torch.from_numpy(learn.images), torch.from_numpy(learn.masks)

    def changed(augmentation: Augmentation) -> tuple[torch.Tensor, torch.Tensor]:
        return Augmenter(augmentation, 1, 64)(images, masks, 64, torch.Generator().manual_seed(3))[:2]

    still = Augmentation(gain=0, brightness=0, contrast=0, saturation=0, constancy=0, hair=0, erase=0)
    plain, plain_masks = changed(still)
    for setting in ("gain", "brightness", "contrast", "saturation", "constancy", "hair", "erase"):
        amount = getattr(Augmentation(), setting) if setting in ("gain", "brightness") else 0.9
        other, other_masks = changed(dataclasses.replace(still, **{setting: amount}))
        assert (other - plain).abs().mean() > 0.5, setting
        assert torch.equal(other_masks, plain_masks), setting


def test_frozen_blocks_keep_their_first_weights_and_norms(learn: Photographs, tmp_path: Path) -> None:
    recipe = dataclasses.replace(SMALL, epochs=1, frozen_blocks=2)
    train(order(learn, tmp_path / "run", recipe))
    torch.manual_seed(recipe.seed)
    first = LesionNetwork(recipe.outputs, recipe.pooling, recipe.dropout).state_dict()
    for name, values in weights(tmp_path / "run").items():
        if not values.is_floating_point():
            continue
        is_frozen = name.startswith(("encoder.stem.", "encoder.blocks.0.", "encoder.blocks.1."))
        assert torch.equal(values, first[name]) == is_frozen, name


def test_weights_that_do_not_fit_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"absent\.npz: there is no such file"):
        load_npz(MobileNet(), tmp_path / "absent.npz")
    file = tmp_path / "some.npz"
    import numpy as np

    np.savez(file, **{"conv1.kernel": np.zeros((3, 3, 3, 16), np.float32)})
    with pytest.raises(Refusal, match=r"some\.npz: conv1\.kernel has the shape"):
        load_npz(MobileNet(), file)


def test_a_run_may_begin_with_what_another_learnt(learn: Photographs, tmp_path: Path) -> None:
    recipe = dataclasses.replace(SMALL, epochs=1)
    train(order(learn, tmp_path / "first", recipe))
    other = dataclasses.replace(recipe, pooling="lesion", context=True)
    begun = network_of(other)
    head = begun.head.linear.weight.clone()
    initialise(begun, f"run:{tmp_path / 'first'}")
    learnt = weights(tmp_path / "first")
    assert torch.equal(
        begun.state_dict()["encoder.blocks.11.pointwise.weight"], learnt["encoder.blocks.11.pointwise.weight"]
    )
    # Three regions instead of one: the head has another shape and begins anew.
    assert torch.equal(begun.head.linear.weight, head)
    images = torch.from_numpy(learn.images[:2]).permute(0, 3, 1, 2).float()
    before = load_run(tmp_path / "first")[0].eval()(images).mask
    assert torch.allclose(begun.eval()(images).mask, before, atol=1e-5)


def test_a_device_asked_for_by_name_is_never_replaced() -> None:
    if not torch.cuda.is_available():
        with pytest.raises(Refusal, match="cuda was asked for"):
            choose_device("cuda")
    with pytest.raises(Refusal, match="'tpu' is not one of"):
        choose_device("tpu")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outputs": "all"}, "outputs: 'all'"),
        ({"size_px": 100}, "size_px: 100 is not a multiple of 32"),
        ({"epochs": 0}, "epochs: 0 is less than 1"),
    ],
)
def test_a_recipe_is_refused_by_its_setting(change: dict, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        dataclasses.replace(SMALL, **change)


def test_the_command_says_what_is_at_fault(challenge: Path, capsys: pytest.CaptureFixture) -> None:
    damaged = challenge / "ISIC-2017_Training_Data/ISIC_0000003.jpg"
    damaged.write_bytes(b"")
    status = main(["train", "--data", str(challenge), "--run", str(challenge / "run"), "--epochs", "1"])
    assert status == 1
    assert capsys.readouterr().err == "ISIC_0000003.jpg: the photograph cannot be decoded\n"
    assert not (challenge / "run").exists()
