"""Encoders of timm and torchvision, with weights of chance: the hubs themselves are not asked here."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from test_training import SMALL, order, weights
from torchvision.models import resnet18

from lesionwise_training.__main__ import main
from lesionwise_training.cases import read_challenge
from lesionwise_training.export import AGREEMENT, Ensemble, export, of_ensemble, of_graph
from lesionwise_training.hub import HubEncoder
from lesionwise_training.photographs import Photographs, load_photographs
from lesionwise_training.recipe import Recipe
from lesionwise_training.refusal import Refusal
from lesionwise_training.training import initialise, load_run, network_of, train

RESNET_FILE = "resnet18-f37072fd.pth"
"""Where torchvision keeps what it has fetched."""


@pytest.fixture
def learn(challenge: Path) -> Photographs:
    return load_photographs(read_challenge(challenge, "training"), 64)


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, torch.Tensor]:
    """Weights that lie where torchvision keeps those of ResNet-18."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "hub"))
    kept = tmp_path / "hub/hub/checkpoints"
    kept.mkdir(parents=True)
    torch.manual_seed(7)
    values = resnet18().state_dict()
    torch.save(values, kept / RESNET_FILE)
    return values


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("torchvision:resnet18", (64, 128, 256, 512)),
        ("torchvision:mobilenet_v3_small", (16, 24, 48, 576)),
        ("torchvision:efficientnet_b0", (24, 40, 112, 1280)),
        ("torchvision:regnet_y_400mf", (48, 104, 208, 440)),
        ("timm:resnet18", (64, 128, 256, 512)),
        ("timm:mobilenetv1_100.ra4_e3600_r224_in1k", (128, 256, 512, 1024)),
        ("timm:convnext_atto", (40, 80, 160, 320)),
    ],
)
def test_gives_the_features_of_four_strides(name: str, channels: tuple[int, ...]) -> None:
    encoder = HubEncoder(name).eval()
    features = encoder(torch.rand(2, 3, 96, 128) * 2 - 1)
    assert [tuple(feature.shape[2:]) for feature in features] == [(24, 32), (12, 16), (6, 8), (3, 4)]
    assert tuple(feature.shape[1] for feature in features) == encoder.channels == channels


def test_computes_what_the_whole_network_computes(fetched: dict[str, torch.Tensor]) -> None:
    whole = resnet18().eval()
    whole.load_state_dict(fetched)
    levels = torch.rand(2, 3, 64, 64)
    normal = (levels - torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)) / torch.tensor(
        [0.229, 0.224, 0.225]
    ).view(3, 1, 1)
    encoder = HubEncoder("torchvision:resnet18", pretrained=True).eval()
    with torch.inference_mode():
        deepest = encoder(levels * 2 - 1)[-1]
        classes = whole.fc(deepest.mean((2, 3)))
        assert torch.allclose(classes, whole(normal), atol=1e-4)


@pytest.mark.parametrize("name", ["torchvision:resnet18", "timm:mobilenetv1_100"])
def test_trains_and_exports_like_any_other(learn: Photographs, tmp_path: Path, name: str) -> None:
    recipe = dataclasses.replace(SMALL, encoder=name, epochs=2, pooling="lesion", context=True)
    train(order(learn, tmp_path / "run", recipe))
    network, kept, _ = load_run(tmp_path / "run")
    assert kept.encoder == name
    ensemble = Ensemble([network])
    export(ensemble, 64, tmp_path / "model.onnx")
    images = learn.images[:4]
    expected, found = of_ensemble(ensemble)(images), of_graph(tmp_path / "model.onnx")(images)
    assert np.abs(expected.masks - found.masks).max() < AGREEMENT
    assert np.abs(expected.scores - found.scores).max() < AGREEMENT


def test_frozen_layers_keep_their_weights(learn: Photographs, tmp_path: Path) -> None:
    recipe = dataclasses.replace(SMALL, encoder="torchvision:resnet18", epochs=1, frozen_blocks=5)
    train(order(learn, tmp_path / "run", recipe))
    torch.manual_seed(recipe.seed)
    first, learnt = network_of(recipe).state_dict(), weights(tmp_path / "run")
    same = {name for name, values in learnt.items() if torch.equal(values, first[name])}
    # Convolution, norm, ReLU, pooling and the first residual block.
    assert {"encoder.body.layers.0.weight", "encoder.body.layers.4.conv2.weight"} <= same
    assert "encoder.body.layers.5.conv1.weight" not in same


def test_init_by_name_makes_it_the_encoder_and_fills_it(
    challenge: Path, tmp_path: Path, fetched: dict[str, torch.Tensor]
) -> None:
    small = ["--epochs=1", "--batch=8", "--frozen-blocks=1"]
    sizes = [f"--{name}-px=64" for name in ("size", "input", "early-size", "late-size")]
    run = tmp_path / "run"
    arguments = [f"--data={challenge}", f"--run={run}", "--init=torchvision:resnet18", "--device=cpu"]
    assert main(["train", *arguments, *small, *sizes]) == 0
    assert json.loads((run / "recipe.json").read_text())["encoder"] == "torchvision:resnet18"
    assert torch.equal(weights(run)["encoder.body.layers.0.weight"], fetched["conv1.weight"])


def test_a_resumed_run_asks_no_hub(
    learn: Photographs, tmp_path: Path, fetched: dict[str, torch.Tensor], monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = dataclasses.replace(SMALL, encoder="torchvision:resnet18", epochs=1)
    begun = order(learn, tmp_path / "run", recipe, init="torchvision:resnet18")
    train(begun)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "empty"))
    train(begun)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("torchvision:resnet18000", "torchvision does not know it"),
        ("timm:resnet18000", "timm does not know it"),
        ("torchvision:vit_b_16", "it is no encoder for masks"),
        ("timm:vit_tiny_patch16_224", "it has no features of all of the strides"),
    ],
)
def test_refuses_what_is_no_encoder_by_name(name: str, words: str) -> None:
    with pytest.raises(Refusal, match=f"^{name}: {words}"):
        HubEncoder(name)


def test_refuses_weights_that_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A file where the folder should be: nothing can be kept there, with or without a hub in reach.
    (tmp_path / "hub").write_text("")
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "hub"))
    with pytest.raises(Refusal, match=r"^torchvision:resnet18: torchvision cannot give its weights"):
        HubEncoder("torchvision:resnet18", pretrained=True)


def test_refuses_weights_of_another_encoder(tmp_path: Path) -> None:
    network = network_of(dataclasses.replace(SMALL, encoder="torchvision:resnet18"))
    with pytest.raises(Refusal, match=r"mobilenet\.npz has weights of MobileNet v1"):
        initialise(network, str(tmp_path / "mobilenet.npz"))
    with pytest.raises(Refusal, match="encoder: 'resnet18' is neither mobilenet_v1 nor timm"):
        Recipe(encoder="resnet18")
