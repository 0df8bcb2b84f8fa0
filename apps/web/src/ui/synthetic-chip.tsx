import { StateChip } from './state-chip';

/** On every screen of a study whose images are drawn, not photographed. */
export function SyntheticChip() {
  return (
    <StateChip
      tone="info"
      icon="info"
      title="These images are drawn by a program. No patient is shown."
    >
      Synthetic images
    </StateChip>
  );
}
