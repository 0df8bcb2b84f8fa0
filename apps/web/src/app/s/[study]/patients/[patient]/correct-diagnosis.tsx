'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { CorrectDiagnosisDialog } from '@/records/correct-diagnosis-dialog';
import type { PatientRecord } from './page';
import { useStoredPatient } from './use-stored-patient';

interface CorrectDiagnosisProps {
  lesion: PatientRecord['lesions'][number];
  patientCode: string;
  slug: string;
}

export function CorrectDiagnosis({ lesion, patientCode, slug }: CorrectDiagnosisProps) {
  const [isOpen, setOpen] = useState(false);
  const storedPatient = useStoredPatient(slug);
  const [current] = lesion.diagnosisHistory;
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          setOpen(true);
        }}
      >
        {current ? 'Correct diagnosis…' : 'Add diagnosis…'}
      </Button>
      {isOpen && (
        <CorrectDiagnosisDialog
          lesionId={lesion.id}
          lesionWords={`lesion ${lesion.code} of ${patientCode}`}
          current={current}
          onChanged={async () => {
            const patient = await storedPatient(patientCode);
            return patient?.lesions.find(({ id }) => id === lesion.id)?.diagnosisHistory[0];
          }}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
