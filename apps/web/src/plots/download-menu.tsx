'use client';

import { ChoiceMenu } from '@/ui/choice-menu';
import { csv } from '@/ui/csv';
import { useNotice } from '@/ui/notice';
import { pngOf } from './export-png';
import { exportSvg, type PlotCaption } from './export-svg';
import type { PlotRow } from './plot-card';
import { saveBlob, saveFile } from './save-file';
import { withSource } from './with-source';

interface DownloadMenuProps {
  anchor: HTMLElement;
  /** Of the files, without ending. */
  fileName: string;
  caption: PlotCaption;
  rows: () => PlotRow[];
  /** Absent while the table is shown: there is nothing drawn to export. */
  plot: (() => HTMLElement | null) | undefined;
  onClose: () => void;
}

/** A plot's files. Loaded when somebody asks for one. */
export function DownloadMenu({
  anchor,
  fileName,
  caption,
  rows,
  plot,
  onClose,
}: DownloadMenuProps) {
  const say = useNotice();
  const drawn = () => {
    // Markers and icons are drawings too; the plots are those that say what they are.
    const plots = plot?.()?.querySelectorAll<SVGSVGElement>('svg[role=img]') ?? [];
    return exportSvg([...plots], caption);
  };
  const savePng = async () => {
    try {
      saveBlob(`${fileName}.png`, await pngOf(drawn()));
    } catch (error) {
      say({
        icon: 'error',
        message: error instanceof Error ? error.message : 'The plot was not drawn.',
      });
    }
  };
  const pictures = [
    {
      key: 'svg',
      words: 'Plot as SVG',
      onChoose: () => {
        saveFile(`${fileName}.svg`, 'image/svg+xml', drawn());
      },
    },
    { key: 'png', words: 'Plot as PNG', onChoose: () => void savePng() },
  ];
  const numbers = {
    key: 'csv',
    words: 'Numbers as CSV',
    onChoose: () => {
      const source = caption.lines.at(-1) ?? '';
      saveFile(`${fileName}.csv`, 'text/csv', csv(withSource(rows(), source)));
    },
  };
  return (
    <ChoiceMenu
      anchor={anchor}
      choices={plot ? [...pictures, numbers] : [numbers]}
      onClose={onClose}
    />
  );
}
