'use client';

import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Card } from '@/ui/card';
import { csv } from '@/ui/csv';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import { LazyMenu } from '@/ui/overlays';
import { Tip } from '@/ui/tip';
import { exportSvg, type PlotCaption } from './export-svg';
import styles from './plot-card.module.css';
import { pngOf } from './export-png';
import { saveBlob, saveFile } from './save-file';
import { withSource } from './with-source';

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
export function PlotCard(props: PlotCardProps) {
  const { title, aside, table, isTable, footer, actions, className, children } = props;
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
          <DownloadMenu {...props} plot={asTable || isTable ? undefined : () => plot.current} />
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

interface DownloadMenuProps extends Pick<PlotCardProps, 'title' | 'fileName' | 'caption' | 'rows'> {
  /** Absent while the table is shown: there is nothing drawn to export. */
  plot: (() => HTMLElement | null) | undefined;
}

function DownloadMenu({ title, fileName, caption, rows, plot }: DownloadMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const say = useNotice();
  const close = () => {
    setAnchor(null);
  };
  const drawn = () => {
    // Markers and icons are drawings too; the plots are those that say what they are.
    const plots = plot?.()?.querySelectorAll<SVGSVGElement>('svg[role=img]') ?? [];
    return exportSvg([...plots], caption);
  };
  const saveSvg = () => {
    saveFile(`${fileName}.svg`, 'image/svg+xml', drawn());
    close();
  };
  const savePng = async () => {
    close();
    try {
      saveBlob(`${fileName}.png`, await pngOf(drawn()));
    } catch (error) {
      say({
        icon: 'error',
        message: error instanceof Error ? error.message : 'The plot was not drawn.',
      });
    }
  };
  const saveCsv = () => {
    saveFile(`${fileName}.csv`, 'text/csv', csv(withSource(rows(), caption.lines.at(-1) ?? '')));
    close();
  };
  return (
    <>
      <Tip align="end" title="Download">
        <IconButton
          size="small"
          aria-label={`Download: ${title}`}
          aria-haspopup="menu"
          onClick={(event) => {
            setAnchor(event.currentTarget);
          }}
        >
          <Icon name="download" />
        </IconButton>
      </Tip>
      {anchor && (
        <LazyMenu anchorEl={anchor} open onClose={close}>
          {plot && <MenuItem onClick={saveSvg}>Plot as SVG</MenuItem>}
          {plot && <MenuItem onClick={() => void savePng()}>Plot as PNG</MenuItem>}
          <MenuItem onClick={saveCsv}>Numbers as CSV</MenuItem>
        </LazyMenu>
      )}
    </>
  );
}
