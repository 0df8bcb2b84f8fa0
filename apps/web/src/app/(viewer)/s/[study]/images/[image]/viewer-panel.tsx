'use client';

import { Banner } from '@/ui/banner';
import { ImageSection } from './image-section';
import { PatientSection } from './patient-section';
import { ReferenceSection } from './reference-section';
import { ScoresSection } from './scores-section';
import { SegmentationSection } from './segmentation-section';
import type { ViewerState } from './use-viewer';
import type { ViewerStudy } from './viewer';
import styles from './viewer.module.css';

/** What is known about the image on show. The parts that ask something forget it with the image. */
export function ViewerPanel({ study, viewer }: { study: ViewerStudy; viewer: ViewerState }) {
  const { image } = viewer;
  return (
    <aside className={styles.panel} aria-label="Image details">
      {image && (
        <>
          {image.quality === 'EXCLUDED' && (
            <div className={styles.excluded}>
              <Banner tone="warn">
                <b>Excluded.</b> {image.qualityNote ?? 'No reason was given.'}
              </Banner>
            </div>
          )}
          <ScoresSection image={image} viewer={viewer} mayScore={study.permissions.runInference} />
          <SegmentationSection image={image} viewer={viewer} />
          <ReferenceSection
            key={image.id}
            image={image}
            mayEdit={study.permissions.editRecords}
            onChanged={viewer.reload}
          />
          <PatientSection image={image} slug={study.slug} />
          <ImageSection
            key={`${image.id} facts`}
            image={image}
            mayEdit={study.permissions.editRecords}
            onChanged={viewer.reload}
          />
        </>
      )}
    </aside>
  );
}
