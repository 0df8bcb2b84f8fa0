import { seriesCount } from '@/theme/series';
import { formatCount } from '@/ui/format';
import { VersionMarker } from '@/ui/version-marker';
import styles from './version-choice.module.css';

interface VersionChoiceProps {
  versions: readonly { id: string; title: string }[];
  /** In the order they were chosen: the first is the baseline. */
  chosen: readonly string[];
  scored: Record<string, number> | undefined;
  total: number;
  onChange: (chosen: readonly string[]) => void;
}

export function VersionChoice({ versions, chosen, scored, total, onChange }: VersionChoiceProps) {
  return (
    <fieldset className={styles.choice}>
      <legend>Versions, one to {seriesCount}; the first one chosen is the baseline</legend>
      {versions.map(({ id, title }) => {
        const slot = chosen.indexOf(id) + 1;
        return (
          <label key={id}>
            <input
              type="checkbox"
              checked={slot > 0}
              disabled={slot === 0 && chosen.length >= seriesCount}
              onChange={() => {
                onChange(slot > 0 ? chosen.filter((one) => one !== id) : [...chosen, id]);
              }}
            />
            <span className={styles.marker}>{slot > 0 && <VersionMarker slot={slot} />}</span>
            <span className={styles.title}>
              {title}
              {slot === 1 && <span className={styles.quiet}> baseline</span>}
            </span>
            <span className={styles.quiet}>
              {scored
                ? `${formatCount(scored[id] ?? 0)} of ${formatCount(total)} scored`
                : 'counting…'}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
