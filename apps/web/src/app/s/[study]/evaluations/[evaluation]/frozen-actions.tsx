'use client';

import { CopyScripts } from '@/comparison/copy-scripts';
import { useDashboard } from '@/comparison/dashboard-context';
import { ExportMenu } from '@/comparison/export-menu';
import type { AliasLineFragment } from '@/gql/graphql';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { Promote } from '../../models/promote';
import styles from './dashboard.module.css';

interface FrozenActionsProps {
  studyId: string;
  aliases: readonly AliasLineFragment[];
  mayPromote: boolean;
}

/** What a frozen comparison is good for: a live one beside it, scripts, files, and a promotion it justifies. */
export function FrozenActions({ studyId, aliases, mayPromote }: FrozenActionsProps) {
  const { slug, comparison, shown, task, hrefWith, other } = useDashboard();
  const live = hrefWith('snapshot', comparison.snapshot.code);
  return (
    <div className={styles.actions}>
      <LinkButton href={live}>
        <Icon name="chart" /> Compare live
      </LinkButton>
      <CopyScripts
        shown={
          comparison.tasks.length > 0
            ? shown({ kind: 'auc', task })
            : shown({ kind: 'segmentation' })
        }
      />
      <ExportMenu />
      {mayPromote && other && (
        <Promote slug={slug} studyId={studyId} version={other} aliases={aliases} />
      )}
    </div>
  );
}
