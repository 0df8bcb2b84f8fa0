import type { Evaluation } from '../evaluation/evaluation.type.js';

/** How many there are of one kind; null where it is not recorded. */
export interface Level {
  level: string | null;
  count: number;
}

export interface ModelVersionFacts {
  id: string;
  title: string;
  sha256: string;
  origin: string;
  manifest: unknown;
  /** Images that its package says it was trained on; 0 when it lists none. */
  trainingImages: number;
}

/** What a report is written from: the frozen evaluation, and what the study knows around it. */
export interface ReportFacts {
  evaluation: Evaluation;
  study: { name: string; slug: string; protocol: string; isSynthetic: boolean };
  cohort: { name: string; filter: unknown };
  snapshot: { code: string; contentHash: string; takenAt: Date; images: number; patients: number };
  plan: { version: number; text: string; sha256: string; lockedAt: Date | null } | undefined;
  /** In the order of the evaluation, the baseline first. */
  versions: ModelVersionFacts[];
  flow: {
    studyImages: number;
    studyPatients: number;
    excluded: number;
    withdrawn: number;
    notChosen: number;
    images: number;
    withoutDiagnosis: number;
    withoutMask: number;
  };
  patients: { sex: Level[]; age: Level[]; skinType: Level[] };
  images: { site: Level[]; modality: Level[]; diagnosis: Level[]; method: Level[] };
}
