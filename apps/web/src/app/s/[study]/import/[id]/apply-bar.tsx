'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { Check } from '@/ui/check';
import { ConfirmDialog } from '@/ui/confirm-dialog';
import { Field } from '@/ui/field';
import { countOf, formatCount } from '@/ui/format';
import type { Report } from './import-report';
import styles from './import.module.css';
import type { ImportControl } from './use-import';

export function ApplyBar({ report, control }: { report: Report; control: ImportControl }) {
  const [reason, setReason] = useState(control.current.reason);
  const [leaveOutErrors, setLeaveOutErrors] = useState(false);
  const [isDiscarding, setDiscarding] = useState(false);
  const isBlocked = report.withError > 0 && !leaveOutErrors;
  const keepsCopies = control.duplicates === 'KEEP' && report.duplicates > 0;
  const addsNothing = report.imagesToAdd + report.masksToAdd + report.diagnosesToAdd === 0;
  return (
    <section className={styles.apply} aria-label="Apply">
      <div className={styles.reason}>
        <Field label="Reason, kept with the import">
          {(control_) => (
            <input
              {...control_}
              value={reason}
              maxLength={500}
              onChange={(event) => {
                setReason(event.target.value);
              }}
            />
          )}
        </Field>
      </div>
      {report.withError > 0 && (
        <label className={styles.leaveOut}>
          <Check
            checked={leaveOutErrors}
            onChange={(event) => {
              setLeaveOutErrors(event.target.checked);
            }}
          />
          {report.withError === 1
            ? 'Leave out the image with an error'
            : `Leave out the ${formatCount(report.withError)} images with errors`}
        </label>
      )}
      <Button
        onClick={() => {
          setDiscarding(true);
        }}
      >
        Discard…
      </Button>
      <Button
        variant="contained"
        color="primary"
        loading={control.isBusy}
        disabled={isBlocked || (addsNothing && !keepsCopies)}
        onClick={() => void control.apply({ leaveOutErrors, reason: reason.trim() })}
      >
        Apply: add {countOf(report.imagesToAdd, 'image')}
        {keepsCopies && ', keep copies'}
      </Button>
      <ConfirmDialog
        open={isDiscarding}
        onClose={() => {
          setDiscarding(false);
        }}
        title="Discard this import?"
        confirmLabel={`Discard ${countOf(control.current.uploadedFiles, 'file')}`}
        keepLabel="Keep it"
        destructive
        onConfirm={() => control.discard()}
      >
        The {countOf(control.current.uploadedFiles, 'uploaded file')} and this report go. The study
        is not changed.
      </ConfirmDialog>
    </section>
  );
}
