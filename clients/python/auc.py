"""AUC of every version and task of an evaluation, by scikit-learn, held against what Lesionwise says.

    LESIONWISE_URL=… LESIONWISE_TOKEN=… python auc.py <evaluation id>

Ends with status 1 when any two differ by more than 1e-9.
"""

import io
import os
import sys

import pandas as pd
import requests
from sklearn.metrics import roc_auc_score

TASKS = ["melanoma", "seborrheic_keratosis"]
TOLERANCE = 1e-9


def table(evaluation: str, name: str) -> pd.DataFrame:
    """One export of an evaluation as a data frame, every number with its last digit."""
    answer = requests.get(
        f"{os.environ['LESIONWISE_URL'].rstrip('/')}/exports/evaluations/{evaluation}/{name}.csv",
        headers={"authorization": f"Bearer {os.environ['LESIONWISE_TOKEN']}"},
        timeout=600,
    )
    answer.raise_for_status()
    return pd.read_csv(
        io.StringIO(answer.content.decode()),
        # pandas' faster parser may be off in the last digit, and a code may be called NA.
        float_precision="round_trip",
        keep_default_na=False,
        na_values=[""],
    )


def computed_aucs(facts: pd.DataFrame) -> dict[tuple[str, str], float]:
    """AUC by task and version, where both classes are there."""
    aucs = {}
    for task in TASKS:
        known = facts.dropna(subset=[f"{task}_label", f"{task}_score"])
        for version, rows in known.groupby("model_version_id"):
            if rows[f"{task}_label"].nunique() == 2:
                aucs[task, version] = roc_auc_score(rows[f"{task}_label"], rows[f"{task}_score"])
    return aucs


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit("Name an evaluation by its id.")
    evaluation = sys.argv[1]
    aucs = computed_aucs(table(evaluation, "predictions"))
    estimates = table(evaluation, "estimates")
    served = estimates[(estimates["statistic"] == "auc") & (estimates["at"] == "none")]
    wrong = 0
    for row in served.dropna(subset=["value"]).itertuples():
        computed = aucs[row.task, row.model_version_id]
        agrees = abs(computed - row.value) <= TOLERANCE
        wrong += not agrees
        print(
            f"{row.model} {row.model_version} {row.task}: AUC {computed!r} by scikit-learn, "
            f"{row.value!r} [{row.low!r}, {row.high!r}] by Lesionwise, "
            f"n {row.positives:.0f} + {row.negatives:.0f}{'' if agrees else ' DIFFERENT'}"
        )
    return 1 if wrong or served.empty else 0


if __name__ == "__main__":
    sys.exit(main())
