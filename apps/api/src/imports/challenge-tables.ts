import { parse } from 'csv-parse/sync';
import type { AnatomicSite, Diagnosis, DiagnosisMethod, FitzpatrickSkinType, Sex } from '../db.js';
import {
  readAge,
  readFlag,
  readMethod,
  readSex,
  readSite,
  readSkinType,
  unclearSite,
} from './archive-words.js';
import type { Finding } from './import-problem.js';

/** What a metadata table says of one image. Empty and unknown fields are null. */
export interface ImageMetadata {
  ageYears: number | null;
  sex: Sex | null;
  patientId: string | null;
  lesionId: string | null;
  anatomicSite: AnatomicSite | null;
  skinType: FitzpatrickSkinType | null;
  method: DiagnosisMethod | null;
  isSynthetic: boolean;
  source: string | null;
  licence: string | null;
  attribution: string | null;
}

/** A table that was read: a value for each image id, and what was wrong. */
export interface ReadTable<T> {
  rows: Map<string, T>;
  findings: Finding[];
}

interface Row {
  imageId: string;
  /** As a spreadsheet numbers it: the heading is row 1. */
  number: number;
  /** The cell under a heading, trimmed; undefined where the table has no such column. */
  cell: (column: string) => string | undefined;
}

/** Other exports of the same archive call these columns by other names. */
const otherNames: Record<string, string> = {
  isic_id: 'image_id',
  image: 'image_id',
  image_name: 'image_id',
  age_approx: 'age_approximate',
};

/** `image_id, melanoma, seborrheic_keratosis`, each 0 or 1. Neither is a nevus: so the challenge defines it. */
export function readLabels(file: string, bytes: Buffer): ReadTable<Diagnosis> {
  const columns = ['melanoma', 'seborrheic_keratosis'] as const;
  return readTable(file, bytes, [...columns], (row, report) => {
    const [melanoma, keratosis] = columns.map((column) => {
      const value = readFlag(row.cell(column)!.toLowerCase());
      if (typeof value !== 'boolean') report(column, row.cell(column)!, '0 or 1');
      return value;
    });
    if (melanoma && keratosis) {
      report('melanoma', '1 and 1', 'at most one of melanoma and seborrheic_keratosis is 1');
      return undefined;
    }
    if (typeof melanoma !== 'boolean' || typeof keratosis !== 'boolean') return undefined;
    if (melanoma) return 'MELANOMA';
    return keratosis ? 'SEBORRHEIC_KERATOSIS' : 'NEVUS';
  });
}

/** `image_id, age_approximate, sex`, and columns of the ISIC archive where they are there. */
export function readMetadata(file: string, bytes: Buffer): ReadTable<ImageMetadata> {
  const unclear: Finding[] = [];
  const table = readTable(file, bytes, ['age_approximate', 'sex'], (row, report) => {
    const text = (column: string) => row.cell(column) || null;
    const word = <T>(
      column: string,
      read: (word: string) => T | null | undefined,
      allowed: string,
    ) => {
      const value = read((row.cell(column) ?? '').toLowerCase());
      if (value === undefined) report(column, row.cell(column)!, allowed);
      return value ?? null;
    };
    const isUnclear = row.cell('anatom_site_general')?.toLowerCase() === unclearSite;
    if (isUnclear) {
      unclear.push({ code: 'SITE_UNCLEAR', imageId: row.imageId, example: row.imageId });
    }
    const sites = 'a general site of the ISIC archive, such as upper extremity';
    return {
      ageYears: word('age_approximate', readAge, 'whole years from 0 to 120'),
      sex: word('sex', readSex, 'female, male, other or unknown'),
      patientId: text('patient_id'),
      lesionId: text('lesion_id'),
      anatomicSite: isUnclear ? null : word('anatom_site_general', readSite, sites),
      skinType: word('fitzpatrick_skin_type', readSkinType, 'I to VI'),
      method: word(
        'diagnosis_confirm_type',
        readMethod,
        'a way of confirmation of the ISIC archive, such as histopathology',
      ),
      isSynthetic: word('synthetic', readFlag, '0 or 1') ?? false,
      source: text('source'),
      licence: text('copyright_license'),
      attribution: text('attribution'),
    };
  });
  return { rows: table.rows, findings: [...table.findings, ...unclear] };
}

/** Says that the cell under `column` has a value that it may not have. */
type Report = (column: string, found: string, allowed: string) => void;

function readTable<T>(
  file: string,
  bytes: Buffer,
  columns: string[],
  read: (row: Row, report: Report) => T | undefined,
): ReadTable<T> {
  const table: ReadTable<T> = { rows: new Map(), findings: [] };
  const parsed = parseRows(bytes);
  if (!parsed) {
    table.findings.push({ code: 'CSV_UNREADABLE', example: file });
    return table;
  }
  for (const column of ['image_id', ...columns]) {
    if (parsed.headings.has(column)) continue;
    table.findings.push({ code: 'CSV_COLUMN_MISSING', subject: column, example: file });
  }
  if (table.findings.length > 0) return table;

  const seen = new Set<string>();
  for (const row of parsed.rows) {
    const { imageId, number } = row;
    const at = `${file} row ${number}`;
    if (!imageId) {
      const example = `${at}: empty`;
      table.findings.push({ code: 'CSV_VALUE', subject: 'image_id', detail: 'an id', example });
      continue;
    }
    if (seen.has(imageId)) table.findings.push({ code: 'ID_TWICE', imageId, example: at });
    seen.add(imageId);
    const value = read(row, (column, found, detail) => {
      // Enough of it to be found; a field may hold a whole letter by mistake.
      const example = `${at}: ${found ? `“${found.slice(0, 40)}”` : 'empty'}`;
      table.findings.push({ code: 'CSV_VALUE', imageId, subject: column, detail, example });
    });
    if (value !== undefined) table.rows.set(imageId, value);
  }
  return table;
}

/** Undefined where the bytes are no table. */
function parseRows(bytes: Buffer): { headings: Set<string>; rows: Row[] } | undefined {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    records = parse(text, {
      bom: true,
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(text),
    }) as unknown as typeof records;
  } catch {
    // Whatever was wrong with it, the owner is told that it is not a table.
    return undefined;
  }
  const [heading, ...rest] = records;
  const names = (heading?.record ?? []).map((name) => {
    const lower = name.toLowerCase();
    return otherNames[lower] ?? lower;
  });
  const rows = rest.map(({ record, info }): Row => {
    const cell = (column: string) => {
      const place = names.indexOf(column);
      return place < 0 ? undefined : (record[place] ?? '');
    };
    const imageId = (cell('image_id') ?? '').replace(/\.(jpe?g|png)$/i, '');
    return { imageId, number: info.lines, cell };
  });
  return { headings: new Set(names), rows };
}

/** Spreadsheets of countries with a decimal comma write semicolons. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, 2000).split(/\r?\n/, 1)[0]!;
  return [',', ';', '\t'].find((delimiter) => heading.includes(delimiter)) ?? ',';
}
