/** How a model version is drawn. The marker and the dash tell versions apart without the colour. */
export interface Series {
  slot: number;
  color: string;
  soft: string;
  dash: string | undefined;
  marker: 'circle' | 'square' | 'triangle' | 'diamond' | 'tip' | 'cross';
  /** Outline on a photograph. */
  maskColor: string;
  maskDash: string;
}

const slots: readonly Series[] = [
  slot(1, 'circle', undefined, '9 4'),
  slot(2, 'square', '7 3', '3 3.5'),
  slot(3, 'triangle', '2 3', '1.5 3'),
  slot(4, 'diamond', '8 3 2 3', '8 3 2 3'),
  slot(5, 'tip', '14 4', '14 3'),
  slot(6, 'cross', '8 3 2 3 2 3', '8 3 2 3 2 3'),
];

/** As many versions as can be told apart in one plot. */
export const seriesCount = slots.length;

function slot(
  number: number,
  marker: Series['marker'],
  dash: string | undefined,
  maskDash: string,
): Series {
  return {
    slot: number,
    marker,
    dash,
    maskDash,
    color: `var(--v${number})`,
    soft: `var(--v${number}-soft)`,
    maskColor: `var(--m-v${number})`,
  };
}

/** The series of a slot, counted from 1; the baseline has slot 1. A seventh version has none. */
export function seriesOf(slotNumber: number): Series {
  const found = slots[slotNumber - 1];
  if (!found) throw new RangeError(`There is no series ${slotNumber}; there are ${slots.length}.`);
  return found;
}

/** The reference outline: solid, over a casing wider than that of versions. */
export const referenceOutline = { color: 'var(--m-ref)', casing: 'var(--m-casing)' } as const;
