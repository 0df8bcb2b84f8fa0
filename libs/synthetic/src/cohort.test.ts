import { describe, expect, it } from 'vitest';
import { syntheticCohort, type SyntheticImage } from './cohort.js';

const cohort = syntheticCohort();
const byLesion = Map.groupBy(cohort, ({ lesionId }) => lesionId);
const byPatient = Map.groupBy(cohort, ({ patientId }) => patientId);

/** Share of the lesions that have the property. */
const shareOfLesions = (has: (image: SyntheticImage) => boolean) =>
  [...byLesion.values()].filter(([first]) => has(first!)).length / byLesion.size;

describe('syntheticCohort', () => {
  it('plans 240 images of 160 patients, numbered without a gap', () => {
    expect(cohort).toHaveLength(240);
    expect(byPatient.size).toBe(160);
    expect(cohort.map(({ imageId }) => imageId)).toEqual(
      Array.from({ length: 240 }, (_, i) => `SYN_${String(i + 1).padStart(4, '0')}`),
    );
    expect(byPatient.has('SP-001')).toBe(true);
    expect(byPatient.has('SP-160')).toBe(true);
  });

  it('gives the same plan for the same seed and another for another', () => {
    expect(syntheticCohort({ seed: 5 })).toEqual(syntheticCohort({ seed: 5 }));
    expect(syntheticCohort({ seed: 5 })).not.toEqual(syntheticCohort({ seed: 6 }));
  });

  it('has patients with several lesions and lesions with several images', () => {
    const lesionsOf = (images: SyntheticImage[]) => new Set(images.map((i) => i.lesionId)).size;
    expect(
      [...byPatient.values()].filter((images) => lesionsOf(images) > 1).length,
    ).toBeGreaterThan(10);
    expect([...byLesion.values()].filter((images) => images.length > 1).length).toBeGreaterThan(10);
  });

  it('keeps to the lesion what is the lesion’s, and to the patient what is the patient’s', () => {
    for (const [first, ...others] of byLesion.values()) {
      for (const other of others) {
        const { diagnosis, anatomicSite, lesionSeed, patientId } = first!;
        expect(other).toMatchObject({ diagnosis, anatomicSite, lesionSeed, patientId });
        expect(other.imageSeed).not.toBe(first!.imageSeed);
      }
    }
    for (const [first, ...others] of byPatient.values()) {
      const { sex, ageApproximate, skinType, patientSeed } = first!;
      for (const other of others) {
        expect(other).toMatchObject({ sex, ageApproximate, skinType, patientSeed });
      }
    }
  });

  it('has about a fifth melanomas and somewhat fewer keratoses', () => {
    const melanoma = shareOfLesions(({ diagnosis }) => diagnosis === 'melanoma');
    const keratosis = shareOfLesions(({ diagnosis }) => diagnosis === 'seborrheic_keratosis');
    expect(melanoma).toBeGreaterThan(0.15);
    expect(melanoma).toBeLessThan(0.25);
    expect(keratosis).toBeGreaterThan(0.13);
    expect(keratosis).toBeLessThan(0.23);
  });

  it('has all six skin types, both sexes and all six sites', () => {
    expect(new Set(cohort.map(({ skinType }) => skinType)).size).toBe(6);
    expect(new Set(cohort.map(({ sex }) => sex)).size).toBe(2);
    expect(new Set(cohort.map(({ anatomicSite }) => anatomicSite)).size).toBe(6);
  });

  it('has ages in steps of five, naevus patients the youngest', () => {
    const meanAge = (diagnosis: SyntheticImage['diagnosis']) => {
      const ages = cohort.filter((i) => i.diagnosis === diagnosis).map((i) => i.ageApproximate);
      return ages.reduce((sum, age) => sum + age, 0) / ages.length;
    };
    expect(cohort.every(({ ageApproximate: age }) => age % 5 === 0 && age >= 10 && age <= 85)).toBe(
      true,
    );
    expect(meanAge('nevus')).toBeLessThan(meanAge('melanoma') - 10);
    expect(meanAge('nevus')).toBeLessThan(meanAge('seborrheic_keratosis') - 10);
  });

  it('marks every image synthetic', () => {
    expect(cohort.every(({ synthetic }) => (synthetic as unknown) === true)).toBe(true);
  });

  it('deals every class to a cohort as small as six patients', () => {
    const small = syntheticCohort({ patients: 6, images: 6 });
    expect(new Set(small.map(({ diagnosis }) => diagnosis)).size).toBe(3);
  });

  it('names the argument that cannot be', () => {
    expect(() => syntheticCohort({ patients: 0 })).toThrow(/^patients must be a positive whole/);
    expect(() => syntheticCohort({ images: 1.5 })).toThrow(/^images must be a positive whole/);
    expect(() => syntheticCohort({ seed: Number.NaN })).toThrow(/^seed must be a whole number/);
    expect(() => syntheticCohort({ patients: 9, images: 8 })).toThrow(
      '8 images cannot show 9 patients: each needs at least one',
    );
  });
});
