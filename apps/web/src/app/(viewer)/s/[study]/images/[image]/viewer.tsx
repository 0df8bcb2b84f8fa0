'use client';

import { useEffect, useState } from 'react';
import type { ImageListNamesQuery, ViewerImageFragment, ViewerPageQuery } from '@/gql/graphql';
import { rowLayers } from '@/images/row-layers';
import { versionWord } from '@/images/image-list-address';
import { Filmstrip } from './filmstrip';
import { KeyBar } from './key-bar';
import { LayerBar } from './layer-bar';
import { Stage } from './stage';
import { useViewer, type ViewerNames } from './use-viewer';
import { useViewerKeys } from './use-viewer-keys';
import { ViewerHeader } from './viewer-header';
import { ViewerPanel } from './viewer-panel';
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
  useViewerKeys(viewer, setHidden);
  const { image, code } = viewer;
  useEffect(() => {
    // Going through the list does not ask the server, which names the page otherwise.
    document.title = `${code} · Lesionwise`;
  }, [code]);

  return (
    <div className={styles.viewer}>
      <ViewerHeader study={study} viewer={viewer} />
      <main className={styles.main}>
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
      </main>
      <ViewerPanel study={study} viewer={viewer} />
      <KeyBar />
    </div>
  );
}
