'use client';

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { ImageModality, ImageQuality, ViewerImageFragment } from '@/gql/graphql';
import { useConflict } from '@/records/use-conflict';
import { ConflictDialog } from '@/ui/conflict-dialog';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { useNotice } from '@/ui/notice';
import { modalityWords, sentence } from '@/ui/words';
import { conflictRows, type ImageEdit } from './image-edit';
import { updateImageMutation } from './viewer.query';

interface EditImageDialogProps {
  image: ViewerImageFragment;
  onChanged: () => Promise<ViewerImageFragment | undefined>;
  onClose: () => void;
}

export function EditImageDialog({ image, onChanged, onClose }: EditImageDialogProps) {
  const client = useApolloClient();
  const say = useNotice();
  const [quality, setQuality] = useState<ImageQuality>(image.quality);
  // As it was opened: the page behind shows the stored one as soon as a conflict is found.
  const [opened] = useState(image);
  const { conflict, attempt, unlessInConflict } = useConflict<{
    mine: ImageEdit;
    stored: ViewerImageFragment;
  }>();
  const save = async (edit: ImageEdit, revision: number) => {
    await client.mutate({
      mutation: updateImageMutation,
      variables: { input: { id: image.id, revision, ...edit } },
    });
    await onChanged();
    say({ message: `${image.code} saved` });
  };

  if (conflict)
    return (
      <ConflictDialog
        title={`${image.code} was changed while you edited it`}
        rows={conflictRows(opened, conflict.stored, conflict.mine)}
        needsReason={false}
        onKeepTheirs={onClose}
        onSaveMine={async () => {
          await save(conflict.mine, conflict.stored.revision);
          onClose();
        }}
      />
    );
  return (
    <FormDialog
      open
      onClose={unlessInConflict(onClose)}
      title={`Edit ${image.code}`}
      submitLabel="Save image"
      onSubmit={(form) => {
        const mine = editOf(form);
        return attempt(
          () => save(mine, opened.revision),
          async () => ({ mine, stored: (await onChanged()) ?? image }),
        );
      }}
    >
      {(errorOf) => (
        <>
          <Field
            label="Quality"
            error={errorOf('quality')}
            hint="An excluded image leaves new snapshots. Snapshots made before keep it."
          >
            {(control) => (
              <select
                {...control}
                name="quality"
                value={quality}
                onChange={(event) => {
                  setQuality(event.target.value as ImageQuality);
                }}
              >
                <option value="ACCEPTED">Accepted</option>
                <option value="EXCLUDED">Excluded</option>
              </select>
            )}
          </Field>
          <Field
            label={
              quality === 'EXCLUDED' ? 'Reason for excluding it' : 'Note on quality (optional)'
            }
            error={errorOf('qualityNote')}
          >
            {(control) => (
              <input
                {...control}
                name="qualityNote"
                required={quality === 'EXCLUDED'}
                defaultValue={image.qualityNote ?? ''}
                maxLength={500}
              />
            )}
          </Field>
          <Field
            label="Day of study"
            error={errorOf('dayOfStudy')}
            hint="Days since the patient joined; may be empty or below 0."
          >
            {(control) => (
              <input
                {...control}
                name="dayOfStudy"
                type="number"
                step={1}
                defaultValue={image.dayOfStudy ?? ''}
              />
            )}
          </Field>
          <Field label="Modality" error={errorOf('modality')}>
            {(control) => (
              <select {...control} name="modality" defaultValue={image.modality}>
                {Object.entries(modalityWords).map(([value, words]) => (
                  <option key={value} value={value}>
                    {sentence(words)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

function editOf(form: FormData): ImageEdit {
  const day = textOf(form, 'dayOfStudy');
  return {
    quality: textOf(form, 'quality') as ImageQuality,
    qualityNote: textOf(form, 'qualityNote') || null,
    dayOfStudy: day === '' ? null : Number(day),
    modality: textOf(form, 'modality') as ImageModality,
  };
}
