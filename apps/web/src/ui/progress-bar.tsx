import styles from './progress-bar.module.css';

interface ProgressBarProps {
  label: string;
  total: number;
  /** Done well; green once all is over. */
  done: number;
  failed?: number;
  skipped?: number;
  /** The work is over, however it ended. */
  finished?: boolean;
  height?: number;
}

/** The failed part is hatched, so it is told from the rest without colour. */
export function ProgressBar({
  label,
  total,
  done,
  failed = 0,
  skipped = 0,
  finished = false,
  height = 8,
}: ProgressBarProps) {
  const handled = done + failed + skipped;
  const width = (count: number) => `${total > 0 ? (100 * count) / total : 0}%`;
  // Screen readers hear each 10 %, not each image.
  const spoken = total > 0 ? Math.floor((10 * handled) / total) * 10 : 0;
  return (
    <div
      className={styles.bar}
      style={{ height }}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={spoken}
      aria-valuetext={`${handled} of ${total}${failed > 0 ? `, ${failed} failed` : ''}`}
    >
      <i className={finished ? styles.over : styles.done} style={{ width: width(done) }} />
      <i className={styles.skipped} style={{ width: width(skipped) }} />
      <i className={styles.failed} style={{ width: width(failed) }} />
    </div>
  );
}
