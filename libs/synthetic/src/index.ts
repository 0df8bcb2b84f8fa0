export { syntheticCohort, type CohortSize, type SyntheticImage } from './cohort.js';
export type { AnatomicSite, Diagnosis, SkinType } from './demographics.js';
export { renderSynthetic, type Mask, type RenderedImage } from './render.js';
export { syntheticVersion } from './version.js';
export { FolderInUseError, writeSyntheticCohort, type WriteOptions } from './write-cohort.js';
