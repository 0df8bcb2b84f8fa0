"""The same work as a cohort run, as one would write it in Python: Pillow, onnxruntime, psycopg.

python pipeline.py <work folder> <model folder> <images> <processes>

The work folder holds photographs (0.jpg, 1.jpg, ...) and their reference masks (0.png, ...). For each image:
decode, shrink, run the network, bring the mask's probability to the image's own size, cut it, write it as a
1-bit PNG, count its agreement with the reference, and store all that in Postgres (DATABASE_URL), a transaction
for every 32 images. Prints {"imagesPerSecond": ...}.
"""

import io
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import psycopg
from PIL import Image

CHUNK = 32


def open_session(model: Path, threads: int) -> tuple[onnxruntime.InferenceSession, dict]:
    manifest = json.loads((model / "manifest.json").read_text())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        str(model / manifest["file"]), options, providers=["CPUExecutionProvider"]
    )
    return session, manifest


def score(session, manifest, folder: Path, name: int):
    size = (manifest["input"]["width"], manifest["input"]["height"])
    with Image.open(folder / f"{name}.jpg") as photograph:
        full = photograph.size
        pixels = np.asarray(photograph.convert("RGB").resize(size, Image.Resampling.BILINEAR))
    mask_output = manifest["outputs"]["mask"]["name"]
    score_output = manifest["outputs"]["scores"][0]["name"]
    probability, scores = session.run(
        [mask_output, score_output], {manifest["input"]["name"]: pixels[None]}
    )
    plane = Image.fromarray(probability.reshape(probability.shape[-2:]))
    at_size = np.asarray(plane.resize(full, Image.Resampling.BILINEAR))
    predicted = at_size >= manifest["maskThreshold"]
    png = io.BytesIO()
    Image.fromarray(predicted).save(png, "png")
    with Image.open(folder / f"{name}.png") as drawing:
        reference = np.asarray(drawing.convert("1"))
    both = int(np.count_nonzero(predicted & reference))
    area, drawn = int(np.count_nonzero(predicted)), int(np.count_nonzero(reference))
    counts = (both, area - both, drawn - both, predicted.size - area - drawn + both)
    return [float(s) for s in scores[0][:2]], png.getvalue(), counts


def work(folder: Path, model: Path, numbers: range, files: int, threads: int) -> None:
    session, manifest = open_session(model, threads)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        for first in range(0, len(numbers), CHUNK):
            rows = [
                (number, *score(session, manifest, folder, number % files))
                for number in numbers[first : first + CHUNK]
            ]
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO bench_python VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                    [(n, s[0], s[1], png, *counts) for n, s, png, counts in rows],
                )


def main() -> None:
    folder, model = Path(sys.argv[1]), Path(sys.argv[2])
    images, processes = int(sys.argv[3]), int(sys.argv[4])
    files = len(list(folder.glob("*.jpg")))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_python")
        connection.execute(
            "CREATE TABLE bench_python (id int PRIMARY KEY, melanoma float8, seborrheic_keratosis float8,"
            " png bytea, tp int, fp int, fn int, tn int)"
        )
    with ProcessPoolExecutor(processes) as pool:
        # The processes start and load before the clock does.
        list(pool.map(warm, [str(model)] * processes))
        begun = time.perf_counter()
        shares = [range(k, images, processes) for k in range(processes)]
        jobs = [
            pool.submit(work, folder, model, share, files, max(1, cores // processes))
            for share in shares
        ]
        for job in jobs:
            job.result()
        seconds = time.perf_counter() - begun
    print(json.dumps({"imagesPerSecond": images / seconds}))


def warm(model: str) -> None:
    open_session(Path(model), 1)
    time.sleep(0.5)


if __name__ == "__main__":
    main()
