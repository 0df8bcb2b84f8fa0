'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ViewerImageFragment } from '@/gql/graphql';
import { DiagnosisHistory } from '@/records/diagnosis-history';
import { CorrectDiagnosisDialog } from '@/records/correct-diagnosis-dialog';
import { StateChip } from '@/ui/state-chip';
import { Time } from '@/ui/time';
import { diagnosisWords, methodWords, sentence } from '@/ui/words';
import styles from './panel.module.css';

interface ReferenceSectionProps {
  image: ViewerImageFragment;
  mayEdit: boolean;
  onChanged: () => Promise<ViewerImageFragment | undefined>;
}

export function ReferenceSection({ image, mayEdit, onChanged }: ReferenceSectionProps) {
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const [isCorrecting, setCorrecting] = useState(false);
  const { lesion, referenceMask } = image;
  const history = lesion.diagnosisHistory;
  const [current] = history;
  return (
    <section aria-labelledby="reference">
      <div className={styles.head}>
        <h2 id="reference">Reference</h2>
        {history.length > 0 && (
          <button
            type="button"
            className={styles.link}
            aria-expanded={isHistoryOpen}
            onClick={() => {
              setHistoryOpen(!isHistoryOpen);
            }}
          >
            History ({history.length})
          </button>
        )}
      </div>
      {current ? (
        <div className={styles.chips}>
          <span className={styles.value}>{sentence(diagnosisWords[current.diagnosis])}</span>
          <StateChip
            tone={current.method === 'HISTOPATHOLOGY' ? 'ok' : 'off'}
            icon={current.method === 'HISTOPATHOLOGY' ? 'check' : 'info'}
          >
            {current.method === 'NOT_RECORDED' ? 'proof not recorded' : methodWords[current.method]}
          </StateChip>
        </div>
      ) : (
        <p className={styles.quiet}>No reference diagnosis yet.</p>
      )}
      {isHistoryOpen ? (
        <DiagnosisHistory history={history} className={styles.history} />
      ) : (
        <dl className={styles.facts}>
          {current && (
            <>
              <dt>Entered</dt>
              <dd>
                {current.author?.name ?? 'by an import'}, <Time at={current.createdAt} /> · version{' '}
                {current.version}
              </dd>
            </>
          )}
          <dt>Mask</dt>
          <dd>
            {referenceMask ? (
              <>
                {referenceMask.author?.name ?? 'by an import'},{' '}
                <Time at={referenceMask.createdAt} /> · version {referenceMask.version}
              </>
            ) : (
              'none drawn'
            )}
          </dd>
        </dl>
      )}
      {mayEdit && (
        <div className={styles.actions}>
          <Button
            size="small"
            onClick={() => {
              setCorrecting(true);
            }}
          >
            {current ? 'Correct diagnosis…' : 'Add diagnosis…'}
          </Button>
        </div>
      )}
      {isCorrecting && (
        <CorrectDiagnosisDialog
          lesionId={lesion.id}
          lesionWords={`lesion ${lesion.code} of ${lesion.patient.code}`}
          current={current}
          onChanged={async () => (await onChanged())?.lesion.diagnosisHistory[0]}
          onClose={() => {
            setCorrecting(false);
          }}
        />
      )}
    </section>
  );
}
