import type { SubgroupAttribute } from './comparison.input.js';
import { notRecorded, type SnapshotFacts, vocabularies } from './facts.type.js';

/** Wide enough to have cases, as dermatology reports them. */
const ageGroups = [
  { name: 'UNDER_45', from: 0 },
  { name: '45_TO_64', from: 45 },
  { name: '65_AND_OLDER', from: 65 },
] as const;
/** Fitzpatrick types in pairs: single ones are too few in every study so far. */
const skinTypePairs = ['I_II', 'III_IV', 'V_VI'] as const;

const namesOf: Record<SubgroupAttribute, readonly string[]> = {
  SEX: vocabularies.sex,
  AGE_GROUP: ageGroups.map(({ name }) => name),
  ANATOMIC_SITE: vocabularies.anatomicSite,
  SKIN_TYPE: skinTypePairs,
  MODALITY: vocabularies.modality,
};

/** The levels of an attribute in the order in which they are shown; what has no name is not recorded. */
export const levelNames = (attribute: SubgroupAttribute): readonly string[] => namesOf[attribute];

/** The level of each image, as its place in `levelNames`; `notRecorded` where the record is empty. */
export function levelsOf(
  facts: SnapshotFacts,
  attribute: SubgroupAttribute,
  places: Int32Array,
): Int32Array {
  const levelAt = levelAtOf(facts)[attribute];
  const levels = new Int32Array(places.length);
  for (let k = 0; k < places.length; k++) levels[k] = levelAt(places[k]!);
  return levels;
}

const levelAtOf = (facts: SnapshotFacts): Record<SubgroupAttribute, (place: number) => number> => ({
  SEX: (place) => facts.sex[place]!,
  AGE_GROUP: (place) => ageGroup(facts.ageYears[place]!),
  ANATOMIC_SITE: (place) => facts.anatomicSite[place]!,
  SKIN_TYPE: (place) => skinTypePair(facts.skinType[place]!),
  MODALITY: (place) => facts.modality[place]!,
});

const ageGroup = (years: number) =>
  years < 0 ? notRecorded : ageGroups.findLastIndex(({ from }) => years >= from);
const skinTypePair = (type: number) => (type === notRecorded ? notRecorded : type >> 1);
