'use client';

import { useRef, useState } from 'react';
import type { ImageListNamesQuery, ViewerImageFragment, ViewerPageQuery } from '@/gql/graphql';
import { rowLayers } from '@/images/row-layers';
import { versionWord } from '@/images/image-list-address';
import { Banner } from '@/ui/banner';
import { Filmstrip } from './filmstrip';
import { ImageSection } from './image-section';
import { KeyBar } from './key-bar';
import { LayerBar } from './layer-bar';
import { PatientSection } from './patient-section';
import { ReferenceSection } from './reference-section';
import { ScoresSection } from './scores-section';
import { SegmentationSection } from './segmentation-section';
import { Stage } from './stage';
import { useViewer, type ViewerNames } from './use-viewer';
import { useViewerKeys } from './use-viewer-keys';
import { ViewerHeader } from './viewer-header';
import styles from './viewer.module.css';

export type ViewerStudy = NonNullable<ViewerPageQuery['study']>;
export type ViewerVersion = ImageListNamesQuery['models'][number]['versions'][number];

interface ViewerProps {
  study: ViewerStudy;
  image: ViewerImageFragment;
  names: ViewerNames;
}

export function Viewer({ study, image: first, names }: ViewerProps) {
  const viewer = useViewer(study, first, names);
  const [isHidden, setHidden] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useViewerKeys(viewer, setHidden);
  const { image, code } = viewer;

  return (
    <div className={styles.viewer}>
      <ViewerHeader study={study} viewer={viewer} />
      {image ? (
        <Stage
          image={image}
          layers={rowLayers(image, viewer.versions).filter(({ slot }) =>
            viewer.visible.includes(slot === 0 ? 'ref' : versionWord(viewer.versions[slot - 1]!)),
          )}
          look={viewer.look}
          isHidden={isHidden}
          onHide={setHidden}
        />
      ) : (
        <div className={styles.waiting} role="status">
          {viewer.failure ?? `Loading ${code}…`}
        </div>
      )}
      <LayerBar viewer={viewer} />
      <Filmstrip film={viewer.film} code={code} hrefOf={viewer.hrefOf} onOpen={viewer.open} />
      <aside className={styles.panel} aria-label="Image details" ref={panel} tabIndex={-1}>
        {image && (
          <>
            {image.quality === 'EXCLUDED' && (
              <div className={styles.excluded}>
                <Banner tone="warn">
                  <b>Excluded.</b> {image.qualityNote ?? 'No reason was given.'}
                </Banner>
              </div>
            )}
            <ScoresSection
              image={image}
              viewer={viewer}
              mayScore={study.permissions.runInference}
            />
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
      <KeyBar />
    </div>
  );
}
