'use client';

import IconButton from '@mui/material/IconButton';
import dynamic from 'next/dynamic';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Card } from '@/ui/card';
import { Icon } from '@/ui/icon';
import { Tip } from '@/ui/tip';
import { useAnchor } from '@/ui/use-anchor';
import type { PlotCaption } from './export-svg';
import styles from './plot-card.module.css';

const DownloadMenu = dynamic(async () => (await import('./download-menu')).DownloadMenu, {
  ssr: false,
});

export type PlotRow = (string | number)[];

interface PlotCardProps {
  title: string;
  aside: ReactNode;
  /** Of the downloaded files, without ending. */
  fileName: string;
  /** Printed under the exported plot; its last line, the source, also stands in the CSV. */
  caption: PlotCaption;
  /** The numbers of the plot, heads first: the CSV. */
  rows: () => PlotRow[];
  /** The same numbers for the eye and for screen readers; a card that is a table needs no other. */
  table?: ReactNode;
  isTable?: boolean;
  footer?: ReactNode;
  /** Chips and choices before the buttons every plot has. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A plot with its table and its files. `T` swaps plot and table. */
export function PlotCard({
  title,
  aside,
  fileName,
  caption,
  rows,
  table,
  isTable,
  footer,
  actions,
  className,
  children,
}: PlotCardProps) {
  const [asTable, setAsTable] = useState(false);
  const plot = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isTable) return;
    if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
    setAsTable(!asTable);
    // What had the focus is about to go; the frame around it stays.
    plot.current?.focus();
  };
  const label = asTable ? 'Show as plot' : 'Show as table';
  return (
    <Card
      title={title}
      aside={aside}
      footer={footer}
      className={className}
      flush={isTable}
      actions={
        <div className={styles.actions}>
          {actions}
          {!isTable && (
            <Tip align="end" title={label}>
              <IconButton
                size="small"
                aria-label={`${label}: ${title}`}
                aria-pressed={asTable}
                onClick={() => {
                  setAsTable(!asTable);
                }}
              >
                <Icon name={asTable ? 'chart' : 'table'} />
              </IconButton>
            </Tip>
          )}
          <Download
            title={title}
            fileName={fileName}
            caption={caption}
            rows={rows}
            plot={asTable || isTable ? undefined : () => plot.current}
          />
        </div>
      }
    >
      <div ref={plot} tabIndex={-1} onKeyDown={onKeyDown}>
        {asTable ? (
          <div className={styles.table} role="region" aria-label={`${title}, table`} tabIndex={0}>
            {table}
          </div>
        ) : (
          children
        )}
      </div>
    </Card>
  );
}

interface DownloadProps extends Pick<PlotCardProps, 'title' | 'fileName' | 'caption' | 'rows'> {
  plot: (() => HTMLElement | null) | undefined;
}

function Download({ title, ...files }: DownloadProps) {
  const { anchor, open, close } = useAnchor();
  return (
    <>
      <Tip align="end" title="Download">
        <IconButton
          size="small"
          aria-label={`Download: ${title}`}
          aria-haspopup="menu"
          onClick={open}
        >
          <Icon name="download" />
        </IconButton>
      </Tip>
      {anchor && <DownloadMenu anchor={anchor} {...files} onClose={close} />}
    </>
  );
}
