import type { AliasChangeLineFragment } from '@/gql/graphql';
import { AliasChip } from '@/ui/alias-chip';
import { Icon } from '@/ui/icon';
import { Link } from '@/ui/link';
import { Time } from '@/ui/time';
import styles from './registry.module.css';

/** Who gave which name to which version, why, and on what evidence; newest first. */
export function AliasTimeline({
  slug,
  changes,
}: {
  slug: string;
  changes: readonly AliasChangeLineFragment[];
}) {
  return (
    <ol className={styles.timeline}>
      {changes.map((change) => (
        <li key={change.id}>
          <div className={styles.change}>
            <span className={styles.move}>
              <b>{change.fromVersion?.title ?? 'nobody'}</b>
              <Icon name="right" size={14} label="then" />
              <b>{change.toVersion?.title ?? 'nobody'}</b>
              <AliasChip name={change.name} />
            </span>
            <span className={styles.quiet}>
              <Time at={change.createdAt} />
            </span>
          </div>
          <div className={styles.quiet}>{change.changedBy?.name ?? 'unknown'}</div>
          <blockquote>“{change.reason}”</blockquote>
          {change.evaluation && (
            <Link href={`/s/${slug}/evaluations/${change.evaluation.id}`}>
              evaluation on snapshot {change.evaluation.snapshot.code}
            </Link>
          )}
        </li>
      ))}
    </ol>
  );
}
