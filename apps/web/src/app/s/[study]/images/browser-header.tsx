'use client';

import Button from '@mui/material/Button';
import { withParam } from '@/images/change-address';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import { PageHeader } from '@/ui/page-header';
import { Segmented } from '@/ui/segmented';
import { SortMenu } from './sort-menu';
import type { BrowsedStudy, LoadedList } from './use-image-list';

const views = [
  {
    value: 'gallery',
    words: (
      <>
        <Icon name="grid" size={14} /> Gallery
      </>
    ),
  },
  {
    value: 'table',
    words: (
      <>
        <Icon name="table" size={14} /> Table
      </>
    ),
  },
] as const;

const outlines = [
  {
    value: 'on',
    words: (
      <>
        <Icon name="eye" size={14} /> Outlines
      </>
    ),
  },
  { value: 'off', words: 'Off' },
] as const;

export function BrowserHeader({ study, list }: { study: BrowsedStudy; list: LoadedList }) {
  const say = useNotice();
  const { params, go } = list;
  const copyLink = async () => {
    await navigator.clipboard.writeText(location.href);
    say({ message: 'Link copied. Who may see this study sees the same list.', icon: 'link' });
  };
  return (
    <PageHeader
      title="Images"
      isSynthetic={study.isSynthetic}
      actions={
        <>
          <Segmented
            label="Layout"
            value={list.view}
            options={views}
            onChange={(view) => {
              go(withParam(params, 'view', view === 'table' ? view : undefined));
            }}
          />
          <Segmented
            label="Outlines"
            value={list.outlines ? 'on' : 'off'}
            options={outlines}
            onChange={(shown) => {
              go(withParam(params, 'outlines', shown === 'off' ? shown : undefined));
            }}
          />
          <SortMenu list={list} />
          <Button onClick={() => void copyLink()}>
            <Icon name="link" /> Copy link
          </Button>
        </>
      }
    />
  );
}
