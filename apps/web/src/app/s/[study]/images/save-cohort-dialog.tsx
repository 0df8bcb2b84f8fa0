'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { refusalOf } from '@/apollo/refusal';
import { countOf } from '@/ui/format';
import { useNotice } from '@/ui/notice';
import type { ChosenImages } from './chosen-images';
import { createCohortMutation } from './images.query';
import type { BrowsedStudy } from './use-image-list';

interface SaveCohortDialogProps {
  study: BrowsedStudy;
  chosen: ChosenImages;
  onClose: () => void;
}

export function SaveCohortDialog({ study, chosen, onClose }: SaveCohortDialogProps) {
  const router = useRouter();
  const say = useNotice();
  const [name, setName] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [createCohort, { loading }] = useMutation(createCohortMutation);
  const isFixed = chosen.filter.imageIds !== undefined;

  const save = async () => {
    setRefusal(undefined);
    try {
      const { data } = await createCohort({
        variables: { input: { studyId: study.id, name: name.trim(), filter: chosen.filter } },
      });
      const cohort = data?.createCohort;
      if (!cohort) return;
      onClose();
      say({
        message: `Cohort “${cohort.name}” saved, ${countOf(cohort.imageCount, 'image')}`,
        action: {
          label: 'Open',
          onClick: () => {
            router.push(`/s/${study.slug}/cohorts/${cohort.id}`);
          },
        },
      });
      // The cohort is a filter of this list from now on.
      router.refresh();
    } catch (error) {
      setRefusal(refusalOf(error).message);
    }
  };

  return (
    <Dialog open onClose={onClose} aria-labelledby="save-cohort">
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (name.trim()) void save();
        }}
      >
        <DialogTitle id="save-cohort">Save {countOf(chosen.count, 'image')} as cohort</DialogTitle>
        <DialogContent>
          <p style={{ color: 'var(--text-2)', marginBottom: 16 }}>
            {isFixed
              ? 'The cohort holds exactly these images.'
              : 'The cohort holds the filter: images that match it later join. Runs and comparisons use a snapshot, which does not change.'}
          </p>
          <TextField
            autoFocus
            required
            label="Name"
            value={name}
            error={refusal !== undefined}
            helperText={refusal}
            onChange={(event) => {
              setName(event.target.value);
            }}
            slotProps={{ htmlInput: { maxLength: 120 } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            loading={loading}
            disabled={!name.trim()}
          >
            Save cohort
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
