import type { ModelVersionLineFragment } from '@/gql/graphql';
import { Icon } from '@/ui/icon';
import styles from './models.module.css';

/** A failed check names what was expected and what was found. */
export function CheckList({ checks }: { checks: ModelVersionLineFragment['checks'] }) {
  return (
    <ul className={styles.checks}>
      {checks.map(({ name, title, passed, detail, expected, found }) => (
        <li key={name}>
          <Icon
            name={passed ? 'check' : 'close'}
            size={14}
            label={passed ? 'passed' : 'failed'}
            className={passed ? styles.passed : styles.failed}
          />
          <b>{title}</b>
          <span className={styles.quiet}>
            {detail}
            {!passed && typeof expected === 'string' && (
              <>
                <br />
                expected {expected}
              </>
            )}
            {!passed && typeof found === 'string' && (
              <>
                <br />
                found {found}
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
