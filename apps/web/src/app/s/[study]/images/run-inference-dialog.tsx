'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import type { Device } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import { deviceWords } from '@/ui/words';
import styles from './add-filter-dialog.module.css';
import type { ChosenImages } from './chosen-images';
import type { BrowsedStudy, ListNames } from './use-image-list';
import { useRequestRun } from './use-request-run';

interface RunInferenceDialogProps {
  study: BrowsedStudy;
  chosen: ChosenImages;
  names: ListNames;
  onClose: () => void;
}

/** One image is asked for as it is; several become a cohort and a snapshot, so the run can be repeated. */
export function RunInferenceDialog({ study, chosen, names, onClose }: RunInferenceDialogProps) {
  const router = useRouter();
  const newest = names.versions.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const [modelVersionId, setModelVersionId] = useState(newest[0]?.id ?? '');
  const [device, setDevice] = useState<Device>('AUTO');
  const [cohortName, setCohortName] = useState(() => suggestedName(chosen));
  const { request, isRequesting, refusal } = useRequestRun(study, chosen);
  const needsCohort = chosen.onlyImageId === undefined && chosen.cohortId === undefined;
  const isReady = modelVersionId !== '' && (!needsCohort || cohortName.trim() !== '');

  const submit = async () => {
    const run = await request({ modelVersionId, device, cohortName: cohortName.trim() });
    if (run) router.push(`/s/${study.slug}/runs/${run.number}`);
  };

  return (
    <Dialog open onClose={onClose} aria-labelledby="run-inference">
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (isReady) void submit();
        }}
      >
        <DialogTitle id="run-inference">
          Run inference on {countOf(chosen.count, 'image')}
        </DialogTitle>
        <DialogContent>
          {newest.length === 0 ? (
            <EmptyState
              icon="cube"
              title="No model version yet"
              actions={<LinkButton href="/models">Register a version</LinkButton>}
            >
              A run needs a version to score with.
            </EmptyState>
          ) : (
            <div className={styles.fields}>
              <TextField
                select
                autoFocus
                label="Model version"
                value={modelVersionId}
                helperText="Images this version has scored already are not scored again."
                onChange={(event) => {
                  setModelVersionId(event.target.value);
                }}
              >
                {newest.map(({ id, title }) => (
                  <MenuItem key={id} value={id}>
                    {title}
                  </MenuItem>
                ))}
              </TextField>
              <TextField
                select
                label="Device"
                value={device}
                helperText="A device asked for by name and absent is an error, never silently another."
                onChange={(event) => {
                  setDevice(event.target.value as Device);
                }}
              >
                {Object.entries(deviceWords).map(([value, label]) => (
                  <MenuItem key={value} value={value}>
                    {label}
                  </MenuItem>
                ))}
              </TextField>
              {needsCohort && (
                <TextField
                  required
                  label="Name of the cohort"
                  value={cohortName}
                  error={refusal?.field === 'name'}
                  helperText={
                    refusal?.field === 'name'
                      ? refusal.message
                      : 'The images are saved as a cohort, so the run can be found and repeated.'
                  }
                  onChange={(event) => {
                    setCohortName(event.target.value);
                  }}
                />
              )}
              {refusal && refusal.field !== 'name' && (
                <Banner tone="err" live>
                  {refusal.message}
                </Banner>
              )}
            </div>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            loading={isRequesting}
            disabled={!isReady}
          >
            Score {countOf(chosen.count, 'image')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function suggestedName({ count }: ChosenImages): string {
  const now = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
  return `${countOf(count, 'image')}, ${now.format(new Date())}`;
}
