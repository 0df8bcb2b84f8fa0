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
    images(first: 200, after: $after, filter: { diagnosis: [MELANOMA] }) {
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


if __name__ == "__main__":
    found = pd.DataFrame(melanomas(*sys.argv[1:3]), columns=["image", "patient", "melanoma", "jaccard"])
    print(found.sort_values("melanoma").head(20).to_string(index=False))
