import type { Viewer } from '../context.js';
import {
  AnatomicSite,
  type Db,
  Diagnosis,
  DiagnosisMethod,
  FitzpatrickSkinType,
  ImageQuality,
  Sex,
} from '../db.js';
import type { ImageFilter } from './image-filter.input.js';
import { imageSetSql } from './image-filter.service.js';
import type { FacetValue, ImageFacet } from './image.type.js';

/** Images that agree in every field that has a facet, and how many they are. */
interface Cell {
  diagnosis: string | null;
  method: string | null;
  anatomicSite: string | null;
  skinType: string | null;
  sex: string | null;
  hasMask: boolean;
  quality: string;
  count: number;
}

type Field = Exclude<keyof Cell, 'count'>;

/** The fields in the order in which they are shown, with their values in the order of the vocabulary. */
const vocabularies: Record<Field, string[]> = {
  diagnosis: Object.keys(Diagnosis),
  method: Object.keys(DiagnosisMethod),
  anatomicSite: Object.keys(AnatomicSite),
  skinType: Object.keys(FitzpatrickSkinType),
  sex: Object.keys(Sex),
  hasMask: ['true', 'false'],
  quality: Object.keys(ImageQuality),
};
const fields = Object.keys(vocabularies) as Field[];

/** Takes the conditions on these fields out of a filter. */
const unfiltered = Object.fromEntries([...fields, 'hasDiagnosis'].map((field) => [field, null]));

/** Stands for images that have no value. */
const missing = 'NONE';

/**
 * For each field, how many images each of its values would give under the other conditions. The images are
 * gone through once: the conditions on these fields are applied to the cells of a table of all of them.
 */
export async function countFacets(
  db: Db,
  viewer: Viewer,
  studyId: string,
  filter: ImageFilter | null | undefined,
): Promise<ImageFacet[]> {
  const set = await imageSetSql(db, viewer, studyId, Object.assign({}, filter, unfiltered));
  const cells = await db.$queryRaw<Cell[]>`
    SELECT d.diagnosis, d.method, l."anatomicSite", p."skinType", p.sex,
      m."imageId" IS NOT NULL AS "hasMask", i.quality, count(*)::int AS count
    FROM "Image" i
    JOIN "Lesion" l ON l.id = i."lesionId"
    JOIN "Patient" p ON p.id = l."patientId"
    LEFT JOIN "ReferenceDiagnosis" d ON d."lesionId" = l.id AND d."supersededAt" IS NULL
    -- Where there is any mask there is a first one, and its index tells without reading the mask.
    LEFT JOIN "ReferenceMask" m ON m."imageId" = i.id AND m.version = 1
    WHERE ${set}
    GROUP BY 1, 2, 3, 4, 5, 6, 7`;
  return fields.map((field) => ({ field, values: valuesOf(field, cells, filter ?? {}) }));
}

function valuesOf(field: Field, cells: Cell[], filter: ImageFilter): FacetValue[] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    if (!fields.every((other) => other === field || holds(other, cell, filter))) continue;
    const value = String(cell[field] ?? missing);
    counts.set(value, (counts.get(value) ?? 0) + cell.count);
  }
  return [...vocabularies[field], missing].flatMap((value) => {
    const count = counts.get(value);
    return count === undefined ? [] : [{ value, count }];
  });
}

/** Whether the filter's condition on the field holds for the images of the cell. */
function holds(field: Field, cell: Cell, filter: ImageFilter): boolean {
  if (field === 'hasMask') return isAsClaimed(filter.hasMask, cell.hasMask);
  const wanted: readonly string[] = filter[field] ?? [];
  const isWanted = wanted.length === 0 || wanted.includes(cell[field] ?? missing);
  if (field !== 'diagnosis') return isWanted;
  return isWanted && isAsClaimed(filter.hasDiagnosis, cell.diagnosis !== null);
}

const isAsClaimed = (claim: boolean | null | undefined, truth: boolean) =>
  claim === null || claim === undefined || claim === truth;
