'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ViewerImageFragment } from '@/gql/graphql';
import { formatBytes } from '@/ui/format';
import { modalityWords, sentence } from '@/ui/words';
import { EditImageDialog } from './edit-image-dialog';
import styles from './panel.module.css';

interface ImageSectionProps {
  image: ViewerImageFragment;
  mayEdit: boolean;
  onChanged: () => Promise<ViewerImageFragment | undefined>;
}

export function ImageSection({ image, mayEdit, onChanged }: ImageSectionProps) {
  const [isEditing, setEditing] = useState(false);
  return (
    <section aria-labelledby="image">
      <h2 id="image">Image</h2>
      <dl className={styles.facts}>
        <dt>Quality</dt>
        <dd>
          {image.quality === 'ACCEPTED'
            ? 'accepted'
            : `excluded: ${image.qualityNote ?? 'no reason'}`}
        </dd>
        <dt>Modality</dt>
        <dd>{sentence(modalityWords[image.modality])}</dd>
        <dt>Day of study</dt>
        <dd>{image.dayOfStudy ?? 'not recorded'}</dd>
        <dt>File</dt>
        <dd>
          {formatBytes(image.sizeBytes)}
          {image.copyNumber > 0 && `, copy ${image.copyNumber} of another image, kept on purpose`}
        </dd>
        <dt>Source</dt>
        <dd>
          {[image.source, image.attribution, image.licence].filter(Boolean).join(' · ') ||
            'not recorded'}
        </dd>
      </dl>
      {mayEdit && (
        <div className={styles.actions}>
          <Button
            size="small"
            onClick={() => {
              setEditing(true);
            }}
          >
            Edit image…
          </Button>
        </div>
      )}
      {isEditing && (
        <EditImageDialog
          image={image}
          onChanged={onChanged}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </section>
  );
}
