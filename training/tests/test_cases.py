from pathlib import Path

import pytest

from lesionwise_training.cases import (
    cases_sha256,
    read_challenge,
    read_table,
    split_by_patient,
)
from lesionwise_training.photographs import load_photographs
from lesionwise_training.refusal import Refusal

TABLE = "ISIC-2017_Training_Part3_GroundTruth.csv"


def change(challenge: Path, old: str, new: str) -> None:
    table = challenge / TABLE
    text = table.read_text()
    assert old in text
    table.write_text(text.replace(old, new))


def test_reads_every_photograph_with_its_labels_and_mask(challenge: Path) -> None:
    cases = read_challenge(challenge, "training")
    assert [case.image_id for case in cases] == [f"ISIC_{number:07d}" for number in range(24)]
    assert [case.labels for case in cases[:3]] == [(0, 0), (1, 0), (0, 1)]
    assert all(case.mask and case.mask.is_file() for case in cases)
    assert [case.patient for case in cases] == [case.image_id for case in cases]


def test_leaves_out_the_photographs_that_are_in_two_splits(challenge: Path) -> None:
    for folder, suffix in (("Data", ".jpg"), ("Part1_GroundTruth", "_segmentation.png")):
        place = challenge / f"ISIC-2017_Training_{folder}"
        (place / f"ISIC_0000003{suffix}").rename(place / f"ISIC_0012175{suffix}")
    change(challenge, "ISIC_0000003", "ISIC_0012175")
    kept = [case.image_id for case in read_challenge(challenge, "training")]
    assert len(kept) == 23
    assert "ISIC_0012175" not in kept
    assert len(read_challenge(challenge, "training", drop_duplicates=False)) == 24


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ISIC_0000004,1.0,0.0", "ISIC_0000004,,0.0", "ISIC_0000004: melanoma is not labelled"),
        ("ISIC_0000004,1.0,0.0", "ISIC_0000004,0.3,0.0", "ISIC_0000004: melanoma is '0.3'"),
        ("ISIC_0000004,1.0,0.0", "ISIC_0000004,1,1", "ISIC_0000004: more than one diagnosis"),
        ("ISIC_0000004,1.0,0.0", "ISIC_0000005,1,0", "ISIC_0000005: the table names it twice"),
        ("ISIC_0000004,1.0,0.0\n", "", "ISIC_0000004: the photograph has no row"),
        ("ISIC_0000004,1.0,0.0\n", "ISIC_0000004,1,0\nISIC_0000999,0,0\n", "ISIC_0000999: .* no photograph"),
        ("melanoma,", "melanom,", "the column melanoma is missing"),
    ],
)
def test_refuses_a_row_by_name(challenge: Path, old: str, new: str, words: str) -> None:
    table = challenge / TABLE
    table.write_text(table.read_text().replace("\r\n", "\n"))
    change(challenge, old, new)
    with pytest.raises(Refusal, match=words):
        read_challenge(challenge, "training")


def test_refuses_a_photograph_that_cannot_be_decoded_by_name(challenge: Path) -> None:
    damaged = challenge / "ISIC-2017_Training_Data/ISIC_0000007.jpg"
    damaged.write_bytes(damaged.read_bytes()[:300])
    with pytest.raises(Refusal, match=r"ISIC_0000007\.jpg: the photograph cannot be decoded"):
        load_photographs(read_challenge(challenge, "training"), 64)


def test_refuses_a_mask_that_is_absent_or_damaged_by_name(challenge: Path) -> None:
    mask = challenge / "ISIC-2017_Training_Part1_GroundTruth/ISIC_0000002_segmentation.png"
    mask.write_bytes(b"not a picture")
    with pytest.raises(Refusal, match=r"ISIC_0000002_segmentation\.png: the mask cannot be decoded"):
        load_photographs(read_challenge(challenge, "training"), 64)
    mask.unlink()
    with pytest.raises(Refusal, match="ISIC_0000002: the photograph has no mask"):
        read_challenge(challenge, "training")


def test_keeps_a_patient_on_one_side_and_shares_the_labels_out(challenge: Path, tmp_path: Path) -> None:
    rows = [f"ISIC_{n:07d},{int(n % 3 == 1)},{int(n % 3 == 2)},patient-{n // 2}" for n in range(24)]
    table = tmp_path / "study.csv"
    table.write_text("\n".join(["image_id,melanoma,seborrheic_keratosis,patient_id", *rows]))
    cases = read_table(table, challenge / "ISIC-2017_Training_Data")
    held_out = []
    for fold in range(4):
        rest, own = split_by_patient(cases, fold, 4)
        assert not {case.patient for case in rest} & {case.patient for case in own}
        assert len(rest) + len(own) == 24
        # Twelve patients, four of each pair of labels: one of each in every fold.
        assert len({case.patient for case in own}) == 3
        held_out += own
    assert sorted(case.image_id for case in held_out) == [case.image_id for case in cases]
    with pytest.raises(Refusal, match="fold 4 is not one of 0 to 3"):
        split_by_patient(cases, 4, 4)


def test_a_study_of_ones_own_may_lack_masks(challenge: Path) -> None:
    masks = challenge / "ISIC-2017_Training_Part1_GroundTruth"
    (masks / "ISIC_0000005_segmentation.png").unlink()
    cases = read_table(challenge / TABLE, challenge / "ISIC-2017_Training_Data", masks)
    photographs = load_photographs(cases, 64)
    assert photographs.has_mask.sum() == 23
    assert not photographs.has_mask[5]
    assert photographs.masks[5].max() == 0
    assert photographs.masks[4].max() == 255


def test_the_hash_knows_every_byte_label_and_patient(challenge: Path) -> None:
    before = cases_sha256(read_challenge(challenge, "training"))
    assert before == cases_sha256(list(reversed(read_challenge(challenge, "training"))))
    change(challenge, "ISIC_0000004,1.0,0.0", "ISIC_0000004,0.0,0.0")
    relabelled = cases_sha256(read_challenge(challenge, "training"))
    photograph = challenge / "ISIC-2017_Training_Data/ISIC_0000001.jpg"
    photograph.write_bytes(photograph.read_bytes() + b"\0")
    assert len({before, relabelled, cases_sha256(read_challenge(challenge, "training"))}) == 3


def test_a_photograph_is_squashed_upright_and_its_mask_with_it(challenge: Path) -> None:
    case = read_challenge(challenge, "training")[0]
    photographs = load_photographs([case], 64)
    assert photographs.images.shape == (1, 64, 64, 3)
    lesion = photographs.masks[0] > 128
    # Dark inside the mask, light outside it.
    assert photographs.images[0][lesion].mean() + 60 < photographs.images[0][~lesion].mean()
