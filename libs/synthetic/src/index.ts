export {
  syntheticCohort,
  type AnatomicSite,
  type CohortSize,
  type Diagnosis,
  type SkinType,
  type SyntheticImage,
} from './cohort.js';
export { renderSynthetic, type Mask, type RenderedImage } from './render.js';
export { syntheticVersion } from './version.js';
export { FolderInUseError, writeSyntheticCohort, type WriteOptions } from './write-cohort.js';
