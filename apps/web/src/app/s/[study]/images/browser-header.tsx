'use client';

import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { withParam } from '@/images/change-address';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import { PageHeader } from '@/ui/page-header';
import { SortMenu } from './sort-menu';
import type { BrowsedStudy, LoadedList } from './use-image-list';

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
          <ToggleButtonGroup
            exclusive
            value={list.view}
            aria-label="Layout"
            onChange={(_event, view: string | null) => {
              if (view) go(withParam(params, 'view', view === 'table' ? view : undefined));
            }}
          >
            <ToggleButton value="gallery">
              <Icon name="grid" size={14} /> Gallery
            </ToggleButton>
            <ToggleButton value="table">
              <Icon name="table" size={14} /> Table
            </ToggleButton>
          </ToggleButtonGroup>
          <ToggleButtonGroup
            exclusive
            value={list.outlines ? 'on' : 'off'}
            aria-label="Outlines"
            onChange={(_event, shown: string | null) => {
              if (shown) go(withParam(params, 'outlines', shown === 'off' ? shown : undefined));
            }}
          >
            <ToggleButton value="on">
              <Icon name="eye" size={14} /> Outlines
            </ToggleButton>
            <ToggleButton value="off">Off</ToggleButton>
          </ToggleButtonGroup>
          <SortMenu list={list} />
          <Button onClick={() => void copyLink()}>
            <Icon name="link" /> Copy link
          </Button>
        </>
      }
    />
  );
}
