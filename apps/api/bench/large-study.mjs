// A study of any size, written by Postgres itself: facts as a run would leave them, without photographs.

/** The id of the n-th row of a kind: made of both, so that rows can name one another. */
const id = (kind, n) => `('${kind}000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * One study with `images` images of three to a patient, their references, a snapshot of all and the
 * scores and masks of `versions` model versions. Scores are seeded by the row's number.
 */
export async function writeLargeStudy(client, { images, versions, studyNumber = 1 }) {
  const s = studyNumber * 10_000_000;
  const n = `(${s} + n)`;
  const rows = `generate_series(0, ${images - 1}) AS n`;
  // A number in [0, 1) that depends on the row alone.
  const u = (salt) => `((hashint8(${n} * 31 + ${salt})::bigint & 2147483647) / 2147483648.0)`;
  const pU = (salt) => `((hashint8((n / 3) * 31 + ${salt})::bigint & 2147483647) / 2147483648.0)`;
  const run = async (text) => {
    await client.query(text);
  };
  await run(`INSERT INTO "Study" (id, slug, name, "isSynthetic") VALUES
    (${id('a1', s)}, 'bench-${studyNumber}', 'Bench ${studyNumber}', true)`);
  await run(`INSERT INTO "Patient" (id, "studyId", code, sex, "ageYears", "skinType", "updatedAt")
    SELECT ${id('b1', `(${s} + n)`)}, ${id('a1', s)}, 'P' || lpad(n::text, 8, '0'),
      (ARRAY['FEMALE','MALE',NULL]::"Sex"[])[1 + floor(2.1 * ${u(1)})::int],
      20 + 5 * floor(14 * ${u(2)})::int,
      (ARRAY['I','II','III','IV','V','VI']::"FitzpatrickSkinType"[])[1 + floor(6 * ${u(3)})::int], now()
    FROM generate_series(0, ${Math.ceil(images / 3) - 1}) AS n`);
  await run(`INSERT INTO "Lesion" (id, "studyId", "patientId", code, "anatomicSite")
    SELECT ${id('c1', n)}, ${id('a1', s)}, ${id('b1', `(${s} + n / 3)`)}, 'L' || n,
      (ARRAY['HEAD_NECK','UPPER_EXTREMITY','LOWER_EXTREMITY','ANTERIOR_TORSO','POSTERIOR_TORSO']::"AnatomicSite"[])
        [1 + floor(5 * ${u(4)})::int]
    FROM ${rows}`);
  await run(`INSERT INTO "Image" (id, "studyId", "lesionId", code, modality, "widthPx", "heightPx", "sizeBytes", sha256, "createdAt")
    SELECT ${id('d1', n)}, ${id('a1', s)}, ${id('c1', n)}, 'SYN_' || lpad(n::text, 8, '0'),
      (CASE WHEN ${u(5)} < 0.8 THEN 'DERMOSCOPY' ELSE 'CLINICAL' END)::"ImageModality",
      1024, 768, 1, lpad(to_hex(${n}), 64, '0'), '2026-01-01'::timestamptz + n * interval '1 second'
    FROM ${rows}`);
  if (versions === 0) return { studyId: await idOf(client, id('a1', s)) };
  const diagnosis = `(CASE WHEN ${u(6)} < 0.19 THEN 'MELANOMA' WHEN ${u(6)} < 0.33 THEN 'SEBORRHEIC_KERATOSIS' ELSE 'NEVUS' END)::"Diagnosis"`;
  await run(`INSERT INTO "ReferenceDiagnosis" (id, "lesionId", version, diagnosis, method)
    SELECT ${id('e1', n)}, ${id('c1', n)}, 1, ${diagnosis}, 'BY_CONSTRUCTION' FROM ${rows}`);
  await run(`INSERT INTO "ReferenceMask" (id, "imageId", version, "widthPx", "heightPx", "areaPx", png)
    SELECT ${id('f1', n)}, ${id('d1', n)}, 1, 1024, 768, 60000, '\\x00'::bytea FROM ${rows}`);
  await run(`INSERT INTO "Cohort" (id, "studyId", name, filter)
    VALUES (${id('a2', s)}, ${id('a1', s)}, 'All', '{}')`);
  await run(`INSERT INTO "CohortSnapshot" (id, "cohortId", "contentHash", "imageCount", "patientCount")
    VALUES (${id('a3', s)}, ${id('a2', s)}, lpad(to_hex(${s}), 64, 'e'), ${images}, ${Math.ceil(images / 3)})`);
  await run(`INSERT INTO "SnapshotImage" ("snapshotId", "imageId", position, "referenceDiagnosisId", "referenceMaskId")
    SELECT ${id('a3', s)}, ${id('d1', n)}, n, ${id('e1', n)}, ${id('f1', n)} FROM ${rows}`);
  await run(`INSERT INTO "Model" (id, name) VALUES (${id('a4', s)}, 'bench-${studyNumber}')`);
  const versionIds = [];
  for (let v = 0; v < versions; v += 1) {
    const number = s + v;
    await run(`INSERT INTO "ModelVersion" (id, "modelId", version, sha256, "sizeBytes", manifest, checks)
      VALUES (${id('a5', number)}, ${id('a4', s)}, '${v + 1}.0.0', lpad(to_hex(${number}), 64, 'a'), 1, ${"'" + JSON.stringify(manifest) + "'"}, '[]')`);
    await run(`INSERT INTO "InferenceRun" (id, "studyId", number, "modelVersionId", "totalCount", state)
      VALUES (${id('a6', number)}, ${id('a1', s)}, ${v + 1}, ${id('a5', number)}, ${images}, 'DONE')`);
    const p = id(`${(16 + v).toString(16)}`, n);
    await run(`INSERT INTO "Prediction" (id, "modelVersionId", "imageId", "runId", device)
      SELECT ${p}, ${id('a5', number)}, ${id('d1', n)}, ${id('a6', number)}, 'cpu' FROM ${rows}`);
    // Scores share a part by patient and a part by image, and differ a little by version.
    const score = (salt, isPositive) =>
      `least(1, greatest(0, 0.12 * ${pU(40)} + 0.33 * ${u(41 + salt)} + 0.35 * ${u(50 + salt + v)} + (CASE WHEN ${isPositive} THEN ${0.2 + 0.01 * v} ELSE 0 END)))::float8`;
    await run(`INSERT INTO "Score" ("predictionId", task, probability)
      SELECT ${p}, 'melanoma', ${score(0, `${u(6)} < 0.19`)} FROM ${rows}
      UNION ALL
      SELECT ${p}, 'seborrheic_keratosis', ${score(20, `${u(6)} BETWEEN 0.19 AND 0.33`)} FROM ${rows}`);
    await run(`INSERT INTO "MaskAgreement" ("predictionId", "referenceMaskId", "truePositivePx", "falsePositivePx", "falseNegativePx", "trueNegativePx")
      SELECT ${p}, ${id('f1', n)}, 40000 + floor(15000 * ${u(60)} + 4000 * ${u(61 + v)})::int, floor(9000 * ${u(70 + v)})::int,
        floor(9000 * ${u(80)})::int, 700000 FROM ${rows}`);
    versionIds.push(await idOf(client, id('a5', number)));
  }
  await run('ANALYZE');
  return {
    studyId: await idOf(client, id('a1', s)),
    snapshotId: await idOf(client, id('a3', s)),
    versionIds,
  };
}

const idOf = async (client, expression) =>
  (await client.query(`SELECT ${expression}::text AS id`)).rows[0].id;

const manifest = {
  ...{ schema: 'lesionwise.model/1', name: 'bench', version: '1.0.0', licence: 'Apache-2.0' },
  ...{ file: 'model.onnx', sha256: '0'.repeat(64), maskThreshold: 0.5 },
  input: {
    ...{ name: 'image', dtype: 'uint8', layout: 'NHWC', height: 8, width: 8 },
    ...{ fit: 'squash', colour: 'RGB' },
  },
  outputs: {
    mask: { name: 'mask_probability', height: 8, width: 8 },
    scores: [
      { task: 'melanoma', name: 'scores', index: 0 },
      { task: 'seborrheic_keratosis', name: 'scores', index: 1 },
    ],
  },
  training: { data: 'none', seed: 0, code: 'none' },
};
