import type { Viewer } from '../context.js';
import {
  AnatomicSite,
  type Db,
  Diagnosis,
  DiagnosisMethod,
  FitzpatrickSkinType,
  ImageQuality,
  Prisma,
  Sex,
} from '../db.js';
import type { ImageFilter } from './image-filter.input.js';
import { imageConditions, joinConditions } from './image-filter.service.js';
import type { ImageFacet } from './image.type.js';

const { sql } = Prisma;

interface Facet {
  field: string;
  /** Of image `i`, lesion `l`, patient `p`, and the diagnosis `d` that counts, where there is one. */
  value: Prisma.Sql;
  order: readonly string[];
  /** The facet's own conditions, which its counts leave out. */
  own: (keyof ImageFilter)[];
}

const facets: Facet[] = [
  {
    field: 'diagnosis',
    value: sql`d.diagnosis::text`,
    order: Object.keys(Diagnosis),
    own: ['diagnosis', 'hasDiagnosis'],
  },
  {
    field: 'method',
    value: sql`d.method::text`,
    order: Object.keys(DiagnosisMethod),
    own: ['method'],
  },
  {
    field: 'anatomicSite',
    value: sql`l."anatomicSite"::text`,
    order: Object.keys(AnatomicSite),
    own: ['anatomicSite'],
  },
  {
    field: 'skinType',
    value: sql`p."skinType"::text`,
    order: Object.keys(FitzpatrickSkinType),
    own: ['skinType'],
  },
  { field: 'sex', value: sql`p.sex::text`, order: Object.keys(Sex), own: ['sex'] },
  {
    field: 'hasMask',
    value: sql`EXISTS (SELECT FROM "ReferenceMask" m
      WHERE m."imageId" = i.id AND m."supersededAt" IS NULL)::text`,
    order: ['true', 'false'],
    own: ['hasMask'],
  },
  {
    field: 'quality',
    value: sql`i.quality::text`,
    order: Object.keys(ImageQuality),
    own: ['quality'],
  },
];

/** Stands for images that have no value. */
const missing = 'NONE';

/** For each field, how many images each of its values would give under the other conditions. */
export async function countFacets(
  db: Db,
  viewer: Viewer,
  studyId: string,
  filter: ImageFilter | null | undefined,
): Promise<ImageFacet[]> {
  const conditions = await imageConditions(db, viewer, studyId, filter ?? {});
  const counts = facets.map(({ field, value, own }) => {
    const others = Object.entries(conditions).filter(
      ([name]) => !own.includes(name as keyof ImageFilter),
    );
    return sql`(SELECT ${field} AS field, coalesce(${value}, ${missing}) AS value, count(*)::int AS count
      FROM "Image" i
      JOIN "Lesion" l ON l.id = i."lesionId"
      JOIN "Patient" p ON p.id = l."patientId"
      LEFT JOIN "ReferenceDiagnosis" d ON d."lesionId" = l.id AND d."supersededAt" IS NULL
      WHERE ${joinConditions(viewer, studyId, Object.fromEntries(others))}
      GROUP BY 2)`;
  });
  const rows = await db.$queryRaw<{ field: string; value: string; count: number }[]>(
    Prisma.join(counts, ' UNION ALL '),
  );
  return facets.map(({ field, order }) => ({ field, values: inOrder(rows, field, order) }));
}

function inOrder(
  rows: { field: string; value: string; count: number }[],
  field: string,
  order: readonly string[],
) {
  const place = (value: string) => (value === missing ? order.length : order.indexOf(value));
  return rows
    .filter((row) => row.field === field)
    .map(({ value, count }) => ({ value, count }))
    .sort((one, other) => place(one.value) - place(other.value));
}
