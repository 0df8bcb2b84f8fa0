"""`python -m lesionwise_training train | evaluate | export | record`; each explains itself with `--help`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .cases import Case, combined_sha256, read_challenge, read_table, split_by_patient
from .hub import is_hub_name
from .photographs import load_photographs
from .recipe import Recipe
from .refusal import Refusal

if TYPE_CHECKING:
    from .evaluation import Answerer
    from .network import LesionNetwork


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0, or 1 after saying what is at fault."""
    parser = argparse.ArgumentParser(prog="lesionwise_training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    _train_command(commands.add_parser("train", help="train, or go on with a stopped run"))
    _evaluate_command(commands.add_parser("evaluate", help="score a run or an ensemble of runs"))
    _export_command(commands.add_parser("export", help="write a model package"))
    _record_command(commands.add_parser("record", help="put verified figures into a package"))
    options = parser.parse_args(arguments)
    try:
        options.run_command(options)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def _cases_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="a folder in the layout of the ISIC 2017 challenge")
    parser.add_argument("--table", type=Path, help="your own CSV file, instead of --data")
    parser.add_argument("--images", type=Path, help="the folder of its photographs")
    parser.add_argument("--masks", type=Path, help="the folder of its masks")
    parser.add_argument("--fold", type=int, help="hold out this fold, by patient")
    parser.add_argument("--folds", type=int, default=5)


def _learn_and_judge(options: argparse.Namespace) -> tuple[list[Case], dict[str, list[Case]]]:
    """What is learnt from, and what is only looked at."""
    judge = {}
    if options.data:
        learn = read_challenge(options.data, "training")
        judge["validation"] = read_challenge(options.data, "validation")
    elif options.table and options.images:
        learn = read_table(options.table, options.images, options.masks)
    else:
        raise Refusal("say --data, or --table and --images")
    if options.fold is not None:
        learn, judge["fold"] = split_by_patient(learn, options.fold, options.folds)
    return learn, judge


def _train_command(parser: argparse.ArgumentParser) -> None:
    _cases_options(parser)
    parser.add_argument("--run", type=Path, required=True, help="the folder of the run")
    parser.add_argument(
        "--init",
        help="first weights: a .npz of MobileNet v1, run:<folder>, or a network of a "
        "hub, which then is the encoder: timm:<name> or torchvision:<name>",
    )
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--judge-every", type=int, default=1, help="epochs")
    defaults = Recipe()
    for setting in dataclasses.fields(Recipe):
        if setting.name != "augmentation":
            default = getattr(defaults, setting.name)
            name = "--" + setting.name.replace("_", "-")
            kind = argparse.BooleanOptionalAction if default is False else None
            typed = {"action": kind} if kind else {"type": type(default)}
            parser.add_argument(name, default=default, help=f"{default}", **typed)

    def run(options: argparse.Namespace) -> None:
        from .training import Order, train

        names = [setting.name for setting in dataclasses.fields(Recipe)]
        if options.init and is_hub_name(options.init):
            options.encoder = options.init
        recipe = Recipe(**{name: getattr(options, name) for name in names if hasattr(options, name)})
        learn, judge = _learn_and_judge(options)
        train(
            Order(
                recipe=recipe,
                run=options.run,
                learn=load_photographs(learn, recipe.size_px),
                judge={name: load_photographs(cases, recipe.input_px) for name, cases in judge.items()},
                init=options.init,
                judge_every=options.judge_every,
                device=options.device,
            )
        )

    parser.set_defaults(run_command=run)


def _ensemble_options(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--run", type=Path, required=required, action="append", help="again for an ensemble")
    parser.add_argument(
        "--scores-of", type=Path, action="append", default=[], help="a run that adds its scores, not its mask"
    )
    parser.add_argument("--flips", action="store_true", help="average over mirror images, in the graph")


def _evaluate_command(parser: argparse.ArgumentParser) -> None:
    _cases_options(parser)
    _ensemble_options(parser, required=False)
    parser.add_argument("--package", type=Path, help="a model package, instead of runs")
    parser.add_argument("--keep-duplicates", action="store_true", help="as the official score does")

    def run(options: argparse.Namespace) -> None:
        from .evaluation import answer_all, evaluate

        answerer, size_px = _answerer(options)
        _, judge = _learn_and_judge(options)
        if options.data and options.keep_duplicates:
            judge["validation"] = read_challenge(options.data, "validation", drop_duplicates=False)
        for name, cases in judge.items():
            photographs = load_photographs(cases, size_px)
            found = evaluate(answer_all(answerer, photographs.images), photographs)
            for measure, estimate in found.items():
                interval = f"{estimate.low:.4f} to {estimate.high:.4f}"
                print(f"{name} {measure} {estimate.value:.4f} ({interval}, n={len(cases)})")

    parser.set_defaults(run_command=run)


def _answerer(options: argparse.Namespace) -> tuple[Answerer, int]:
    """Who answers, and the width and height of what it is asked."""
    from .export import Ensemble, of_ensemble, of_graph

    if options.package:
        manifest = json.loads((options.package / "manifest.json").read_text())
        return of_graph(options.package / manifest["file"]), manifest["input"]["width"]
    if not options.run:
        raise Refusal("say --run or --package")
    runs = _load_runs(options)
    ensemble = Ensemble([network for network, _, _ in runs], flips=options.flips)
    return of_ensemble(ensemble), runs[0][1].input_px


def _load_runs(options: argparse.Namespace) -> list[tuple[LesionNetwork, Recipe, str]]:
    from .training import load_run

    runs = [load_run(run) for run in options.run]
    for run in options.scores_of:
        runs.append(load_run(run))
        runs[-1][0].drop_mask()
    return runs


def _export_command(parser: argparse.ArgumentParser) -> None:
    _ensemble_options(parser)
    parser.add_argument("--bits", type=int, default=32, help="weights are stored in: 32, 16 or 8")
    parser.add_argument("--name", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--licence", required=True, help="of the weights, such as Apache-2.0")
    parser.add_argument("--trained-on", required=True, help="one line for the manifest")
    parser.add_argument("--to", type=Path, required=True, help="the folder of the package")

    def run(options: argparse.Namespace) -> None:
        from .export import Ensemble
        from .package import Description, write_package

        runs = _load_runs(options)
        sizes = {recipe.input_px for _, recipe, _ in runs}
        if len(sizes) > 1:
            raise Refusal(f"the runs have inputs of different sizes: {sorted(sizes)}")
        hashes = sorted({data_sha256 for _, _, data_sha256 in runs})
        about = Description(
            name=options.name,
            version=options.version,
            licence=options.licence,
            trained_on=options.trained_on,
            data_sha256=combined_sha256(hashes),
            seed=runs[0][1].seed,
        )
        ensemble = Ensemble([network for network, _, _ in runs], flips=options.flips)
        print(write_package(ensemble, sizes.pop(), about, options.to, bits=options.bits))

    parser.set_defaults(run_command=run)


def _record_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--verified", type=Path, required=True, help="what npm run verify --json printed")
    parser.add_argument("--split", default="validation")

    def run(options: argparse.Namespace) -> None:
        from .package import record_figures

        record_figures(options.package, json.loads(options.verified.read_text()), options.split)

    parser.set_defaults(run_command=run)


if __name__ == "__main__":
    sys.exit(main())
