'use client';

import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useRef } from 'react';
import { VisuallyHidden } from '@/ui/visually-hidden';
import { formatCount } from '@/ui/format';
import { BrowserHeader } from './browser-header';
import { Facets } from './facets';
import { FilterBar } from './filter-bar';
import { Gallery } from './gallery';
import styles from './image-browser.module.css';
import { SelectionBar } from './selection-bar';
import { useImageList, type BrowsedStudy, type ListNames } from './use-image-list';
import { useListKeys } from './use-list-keys';

// Most look at the gallery; the table's 25 kB come with the table.
const ImageTable = dynamic(async () => (await import('./image-table')).ImageTable);
const NoImages = dynamic(async () => (await import('./no-images')).NoImages);

interface ImageBrowserProps {
  study: BrowsedStudy;
  names: ListNames;
  address: string;
  /** Filter parameter to the number of images without it; only for a list without images. */
  countsWithout: Record<string, number>;
}

export function ImageBrowser({ study, names, address, countsWithout }: ImageBrowserProps) {
  const list = useImageList(study, names, address);
  const grid = useRef<HTMLDivElement>(null);
  const keys = useListKeys(grid, list.ids);
  const { rows, totalCount } = list;
  const View = list.view === 'table' ? ImageTable : Gallery;

  return (
    <div className={styles.browser} data-pending={list.isPending || undefined}>
      <BrowserHeader study={study} list={list} />
      <FilterBar list={list} total={study.summary.images} />
      {totalCount === 0 ? (
        <NoImages study={study} list={list} countsWithout={countsWithout} />
      ) : (
        <div className={list.view === 'table' ? styles.wide : styles.sideBySide}>
          {list.view === 'gallery' && <Facets list={list} facets={study.imageFacets} />}
          <div className={styles.content}>
            <VisuallyHidden>
              <p id="list-keys">
                Arrow keys move, Space selects, Shift with an arrow selects a range, Enter opens.
              </p>
            </VisuallyHidden>
            <div ref={grid} onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
              <View
                rows={rows}
                list={list}
                selection={keys.selection}
                onToggle={keys.toggleAt}
                onToggleAll={keys.toggleAll}
              />
            </div>
            <p className={styles.more} role="status">
              {list.hasMore ? (
                <Button onClick={list.loadMore} loading={list.isLoadingMore}>
                  Load more
                </Button>
              ) : null}
              <span>
                {formatCount(rows.length)} of {formatCount(totalCount)} shown
              </span>
              {list.loadError !== undefined && (
                <span className={styles.error}>{list.loadError}</span>
              )}
            </p>
          </div>
        </div>
      )}
      <SelectionBar study={study} list={list} keys={keys} names={names} />
    </div>
  );
}
