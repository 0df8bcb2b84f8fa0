import type {
  CompareSnapshot,
  CompareStudy,
  CompareVersion,
  Coverage,
  StudyNames,
} from './study-names';

/** The question being asked, as every part of the bar sees it. */
export interface CompareQuestion {
  slug: string;
  study: CompareStudy;
  names: StudyNames;
  snapshot: CompareSnapshot;
  coverage: ReadonlyMap<string, Coverage>;
  /** The baseline first. */
  versions: readonly CompareVersion[];
  notUnderstood: readonly string[];
}

/** A part of the bar: what it changes goes into the address. */
export interface ComparePart extends CompareQuestion {
  params: URLSearchParams;
  go: (params: URLSearchParams) => void;
}
