'use client';

import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useDashboard } from '@/comparison/dashboard-context';
import { CopyScripts } from '@/comparison/copy-scripts';
import { ExportMenu } from '@/comparison/export-menu';
import { Icon } from '@/ui/icon';
import { PageHeader } from '@/ui/page-header';
import { CopyLink } from './copy-link';
import type { CompareStudy } from './study-names';

const SaveEvaluation = dynamic(async () => (await import('./save-evaluation')).SaveEvaluation, {
  ssr: false,
});

interface CompareHeaderProps {
  slug: string;
  study: CompareStudy;
  /** Absent while there is nothing to copy or keep. */
  isComputed?: boolean;
}

export function CompareHeader({ slug, study, isComputed = false }: CompareHeaderProps) {
  return (
    <PageHeader
      title="Compare versions"
      isSynthetic={study.isSynthetic}
      actions={
        <>
          <CopyLink />
          {isComputed && <ComputedActions slug={slug} study={study} />}
        </>
      }
    />
  );
}

function ComputedActions({ slug, study }: CompareHeaderProps) {
  const { shown, task, comparison } = useDashboard();
  const [isSaving, setSaving] = useState(false);
  return (
    <>
      <CopyScripts
        shown={
          comparison.tasks.length > 0
            ? shown({ kind: 'auc', task })
            : shown({ kind: 'segmentation' })
        }
      />
      <ExportMenu />
      {study.permissions.evaluate && (
        <Button
          variant="contained"
          color="primary"
          onClick={() => {
            setSaving(true);
          }}
        >
          <Icon name="lock" /> Save evaluation…
        </Button>
      )}
      {isSaving && (
        <SaveEvaluation
          slug={slug}
          plan={study.analysisPlan ?? undefined}
          onClose={() => {
            setSaving(false);
          }}
        />
      )}
    </>
  );
}
