"""The melanomas that a version scores lowest, asked over GraphQL page by page.

    LESIONWISE_URL=… LESIONWISE_TOKEN=… python hardest.py <study> <model version id>
"""

import os
import sys
from collections.abc import Iterator

import pandas as pd
import requests

QUERY = """
query ($slug: String!, $version: ID!, $after: String) {
  study(slug: $slug) {
    images(first: 200, after: $after, filter: { diagnosis: [MELANOMA], quality: [ACCEPTED] }) {
      pageInfo { hasNextPage endCursor }
      edges { node {
        code
        lesion { patient { code ageYears sex } }
        predictions(modelVersionIds: [$version]) { scores { task probability } agreement { jaccard } }
      } }
    }
  }
}
"""


def ask(variables: dict) -> dict:
    answer = requests.post(
        f"{os.environ['LESIONWISE_URL'].rstrip('/')}/graphql",
        json={"query": QUERY, "variables": variables},
        headers={"authorization": f"Bearer {os.environ['LESIONWISE_TOKEN']}"},
        timeout=60,
    ).json()
    if "errors" in answer:
        raise SystemExit(answer["errors"][0]["message"])
    return answer["data"]


def melanomas(slug: str, version: str) -> Iterator[dict]:
    after = None
    while True:
        study = ask({"slug": slug, "version": version, "after": after})["study"]
        if study is None:
            raise SystemExit(f"There is no study {slug} that you may see.")
        images = study["images"]
        for edge in images["edges"]:
            image = edge["node"]
            for prediction in image["predictions"]:
                scores = {score["task"]: score["probability"] for score in prediction["scores"]}
                yield {
                    "image": image["code"],
                    "patient": image["lesion"]["patient"]["code"],
                    "melanoma": scores.get("MELANOMA"),
                    "jaccard": (prediction["agreement"] or {}).get("jaccard"),
                }
        if not images["pageInfo"]["hasNextPage"]:
            return
        after = images["pageInfo"]["endCursor"]


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit("Name a study by its address, and a model version by its id.")
    _, slug, version = sys.argv
    found = pd.DataFrame(melanomas(slug, version), columns=["image", "patient", "melanoma", "jaccard"])
    scored = found.dropna(subset=["melanoma"])
    if scored.empty:
        raise SystemExit(f"Version {version} has scored no melanoma of the study {slug}.")
    print(scored.sort_values("melanoma").head(20).to_string(index=False))


if __name__ == "__main__":
    main()
