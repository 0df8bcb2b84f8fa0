import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from lesionwise_training.__main__ import main
from lesionwise_training.cases import read_challenge
from lesionwise_training.evaluation import answer_all
from lesionwise_training.export import AGREEMENT, Ensemble, export, of_ensemble, of_graph
from lesionwise_training.network import LesionNetwork
from lesionwise_training.package import Description, record_figures, write_package
from lesionwise_training.photographs import load_photographs
from lesionwise_training.refusal import Refusal

ABOUT = Description(
    name="multitask",
    version="1.0.0",
    licence="Apache-2.0",
    trained_on="drawn by the tests",
    data_sha256="0" * 64,
    seed=1,
)


def network(outputs: str, pooling: str = "global", seed: int = 0, context: bool = False) -> LesionNetwork:
    """Weights of chance, and norms that are not at their first values."""
    torch.manual_seed(seed)
    made = LesionNetwork(outputs, pooling, context=context)
    for module in made.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.3, 2)
            torch.nn.init.uniform_(module.weight, 0.5, 2)
            torch.nn.init.normal_(module.bias, 0, 0.3)
    # Answers far apart, so that a difference would show.
    for last in (made.decoder and made.decoder.mask, made.head and made.head.linear):
        if last is not None:
            last.weight.data.mul_(5)
    return made.eval()


def photographs(challenge: Path) -> np.ndarray:
    return load_photographs(read_challenge(challenge, "validation"), 64).images


@pytest.mark.parametrize(
    ("outputs", "pooling"),
    [("both", "global"), ("both", "lesion"), ("mask", "global"), ("scores", "global")],
)
def test_a_graph_answers_as_its_network(challenge: Path, tmp_path: Path, outputs: str, pooling: str) -> None:
    ensemble = Ensemble([network(outputs, pooling, context=pooling == "lesion")])
    export(ensemble, 64, tmp_path / "model.onnx")
    images = photographs(challenge)
    expected, found = of_ensemble(ensemble)(images), of_graph(tmp_path / "model.onnx")(images)
    for one, other in zip(expected, found, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            assert np.abs(one - other).max() < AGREEMENT
            assert one.std() > 20 * AGREEMENT


def test_a_graph_fits_the_contract(tmp_path: Path) -> None:
    export(Ensemble([network("both")]), 64, tmp_path / "model.onnx")
    graph = onnx.load(tmp_path / "model.onnx", load_external_data=False)
    assert {(one.domain, one.version) for one in graph.opset_import} == {("", 17)}
    (image,) = graph.graph.input
    assert image.type.tensor_type.elem_type == onnx.TensorProto.UINT8
    assert [one.dim_param or one.dim_value for one in image.type.tensor_type.shape.dim] == ["n", 64, 64, 3]
    assert [output.name for output in graph.graph.output] == ["mask_probability", "scores"]


def test_a_batch_answers_as_each_photograph_alone(challenge: Path, tmp_path: Path) -> None:
    export(Ensemble([network("both", "lesion")]), 64, tmp_path / "model.onnx")
    graph, images = of_graph(tmp_path / "model.onnx"), photographs(challenge)
    alone, together = answer_all(graph, images, 1), answer_all(graph, images, 9)
    assert np.abs(alone.masks - together.masks).max() < 1e-5
    assert np.abs(alone.scores - together.scores).max() < 1e-5


def test_flips_answer_a_mirrored_photograph_alike(challenge: Path, tmp_path: Path) -> None:
    export(Ensemble([network("both")], flips=True), 64, tmp_path / "model.onnx")
    graph, images = of_graph(tmp_path / "model.onnx"), photographs(challenge)
    plain, mirrored = graph(images), graph(images[:, :, ::-1])
    assert np.abs(plain.scores - mirrored.scores).max() < 1e-5
    assert np.abs(plain.masks - mirrored.masks[:, :, ::-1]).max() < 1e-5
    upside_down = graph(images[:, ::-1])
    assert np.abs(plain.masks - upside_down.masks[:, ::-1]).max() < 1e-5


@pytest.mark.parametrize("pooling", ["global", "lesion"])
def test_a_network_may_add_its_scores_alone(pooling: str) -> None:
    whole, scores_only = network("both", pooling), network("both", pooling)
    scores_only.drop_mask()
    pixels = torch.rand(2, 3, 64, 64) * 255
    assert torch.equal(whole(pixels).scores, scores_only(pixels).scores)
    assert scores_only(pixels).mask is None
    masks = network("mask", seed=1)
    together, alone = (of_ensemble(Ensemble(networks)) for networks in ([masks, scores_only], [masks]))
    images = (torch.rand(2, 64, 64, 3) * 255).byte().numpy()
    assert np.array_equal(together(images).masks, alone(images).masks)
    with pytest.raises(Refusal, match="keeps its mask"):
        network("mask").drop_mask()


@pytest.mark.parametrize(("bits", "share", "difference"), [(16, 0.55, 0.02), (8, 0.32, 0.1)])
def test_fewer_bits_store_the_same_network_in_fewer_bytes(
    challenge: Path, tmp_path: Path, bits: int, share: float, difference: float
) -> None:
    ensemble = Ensemble([network("both"), network("mask", seed=1), network("scores", seed=2)])
    export(ensemble, 64, tmp_path / "whole.onnx")
    export(ensemble, 64, tmp_path / "small.onnx", bits=bits)
    assert (tmp_path / "small.onnx").stat().st_size < share * (tmp_path / "whole.onnx").stat().st_size
    images = photographs(challenge)
    whole, small = of_graph(tmp_path / "whole.onnx")(images), of_graph(tmp_path / "small.onnx")(images)
    assert np.abs(whole.masks - small.masks).mean() < difference / 2
    assert np.abs(whole.scores - small.scores).max() < difference
    with pytest.raises(Refusal, match="bits: 4 is not one of 32, 16, 8"):
        export(ensemble, 64, tmp_path / "tiny.onnx", bits=4)


def test_a_package_has_a_manifest_of_its_graph_and_is_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "multitask/1.0.0"
    write_package(Ensemble([network("scores")]), 64, ABOUT, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["sha256"] == hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    assert "mask" not in manifest["outputs"]
    assert [one["task"] for one in manifest["outputs"]["scores"]] == ["melanoma", "seborrheic_keratosis"]
    assert manifest["input"]["width"] == 64
    with pytest.raises(Refusal, match=r"multitask 1\.0\.0: the folder holds a package already"):
        write_package(Ensemble([network("scores")]), 64, ABOUT, folder)


@pytest.mark.parametrize("between", ["\n", "\nold\n"])
def test_figures_go_into_manifest_and_card_of_their_own_graph_only(tmp_path: Path, between: str) -> None:
    folder = write_package(Ensemble([network("mask")]), 64, ABOUT, tmp_path / "package")
    card = folder / "MODEL_CARD.md"
    card.write_text(f"# Card\n\n<!-- figures -->{between}<!-- /figures -->\n\nend\n")
    absent = {"value": None, "low": None, "high": None, "standardError": None}
    verification = {
        "sha256": json.loads((folder / "manifest.json").read_text())["sha256"],
        "images": 150,
        "jaccard": {"value": 0.79512, "low": 0.77, "high": 0.82, "standardError": 0.0123456},
        "aucMelanoma": absent,
        "aucSeborrheicKeratosis": absent,
    }
    with pytest.raises(Refusal, match="figures of another graph"):
        record_figures(folder, {**verification, "sha256": "1" * 64}, "validation")
    record_figures(folder, verification, "validation")
    found = json.loads((folder / "manifest.json").read_text())["training"]["metrics"]["validation"]
    assert found == {
        "images": 150,
        "jaccard": {"value": 0.7951, "low": 0.77, "high": 0.82, "standardError": 0.0123},
    }
    text = card.read_text()
    assert "| Mean Jaccard index | 0.795 | 0.770 to 0.820 | 0.0123 |" in text
    assert "old" not in text
    assert text.endswith("<!-- /figures -->\n\nend\n")


def test_from_photographs_to_a_package_by_command(
    challenge: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    run, data = str(tmp_path / "run"), ["--data", str(challenge)]
    small = [
        "--epochs",
        "1",
        "--batch",
        "8",
        "--size-px",
        "64",
        "--input-px",
        "64",
        "--early-size-px",
        "64",
        "--late-size-px",
        "64",
    ]
    assert main(["train", *data, "--run", run, "--device", "cpu", *small]) == 0
    capsys.readouterr()
    assert main(["evaluate", *data, "--run", run, "--flips"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in printed] == [
        ["validation", "jaccard"],
        ["validation", "melanoma"],
        ["validation", "seborrheic_keratosis"],
    ]
    named = ["--name", "own", "--version", "1.0.0", "--licence", "CC0-1.0", "--trained-on", "drawn"]
    package = tmp_path / "own"
    assert main(["export", "--run", run, "--run", run, "--bits", "8", *named, "--to", str(package)]) == 0
    capsys.readouterr()
    assert main(["evaluate", *data, "--package", str(package), "--keep-duplicates"]) == 0
    of_package = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in of_package] == ["jaccard", "melanoma", "seborrheic_keratosis"]
