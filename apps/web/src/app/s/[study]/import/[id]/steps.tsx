import type { ImportState } from '@/gql/graphql';
import { Icon } from '@/ui/icon';
import styles from './import.module.css';

const steps = ['Choose files', 'Check', 'Apply'];
const stepOf: Record<ImportState, number> = {
  UPLOADING: 0,
  CHECKING: 1,
  CHECKED: 1,
  APPLYING: 2,
  APPLIED: 3,
  FAILED: -1,
  DISCARDED: -1,
};

export function Steps({ state }: { state: ImportState }) {
  const at = stepOf[state];
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map((words, index) => (
        <li
          key={words}
          data-state={index < at ? 'done' : index === at ? 'now' : undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          <span>{index < at ? <Icon name="check" size={14} label="done" /> : index + 1}</span>
          {words}
        </li>
      ))}
    </ol>
  );
}
