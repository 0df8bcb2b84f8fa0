'use client';

import type { ImportOnPageFragment } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { Facts } from '@/ui/facts';
import { countOf } from '@/ui/format';
import { Segmented } from '@/ui/segmented';
import styles from './import.module.css';
import { ProblemTable } from './problem-table';
import { ReportCounts } from './report-counts';
import type { ImportControl } from './use-import';

export type Report = NonNullable<ImportOnPageFragment['report']>;

const policies = [
  { value: 'SKIP', words: 'Skip new' },
  { value: 'KEEP', words: 'Keep both' },
] as const;

interface ImportReportProps {
  current: ImportOnPageFragment;
  report: Report;
  control: ImportControl;
}

export function ImportReport({ current, report, control }: ImportReportProps) {
  return (
    <>
      <ReportCounts report={report} />
      <div className={styles.columns}>
        <ProblemTable problems={report.problems} />
        <div className={styles.side}>
          {report.duplicates > 0 && (
            <Card title="Duplicates" aside={countOf(report.duplicates, 'image')}>
              <p className={styles.quiet}>
                The same bytes as another image of the study or of this import.
              </p>
              <div className={styles.policy}>
                <Segmented
                  label="Duplicates"
                  value={control.duplicates}
                  options={policies}
                  onChange={control.setDuplicates}
                />
              </div>
            </Card>
          )}
          <Card title="Files" aside={`${countOf(current.uploadedFiles, 'file')} uploaded`}>
            <Facts
              rows={[
                [
                  'No mask for',
                  report.withoutMask > 0
                    ? `${countOf(report.withoutMask, 'image')} (allowed)`
                    : 'none',
                ],
                ['Metadata removed', metadataWords(report)],
                ['Kind', report.isSynthetic ? 'synthetic images' : 'photographs'],
              ]}
            />
          </Card>
        </div>
      </div>
    </>
  );
}

function metadataWords({ metadataRemoved, locationRemoved }: Report): string {
  if (metadataRemoved === 0) return 'none found';
  const files = countOf(metadataRemoved, 'file');
  return locationRemoved > 0
    ? `${files}, of which ${countOf(locationRemoved, 'held', 'held')} a position`
    : `${files}, none held a position`;
}
