'use client';

import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { withParam } from '@/images/change-address';
import { Icon } from '@/ui/icon';
import { sortOptions, type SortOption } from './sort-options';
import type { LoadedList } from './use-image-list';

const SortMenuList = dynamic(async () => (await import('./sort-menu-list')).SortMenuList, {
  ssr: false,
});

export function SortMenu({ list }: { list: LoadedList }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { params, names, sort, go } = list;
  const options = sortOptions(names.versions);
  const current = options.find(
    (option: SortOption) =>
      option.sort.field === sort.field &&
      option.sort.direction === sort.direction &&
      option.sort.modelVersionId === sort.modelVersionId &&
      option.sort.task === sort.task,
  );
  const close = () => {
    setAnchor(null);
  };
  return (
    <>
      <Button
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        {/* An address may ask for an order the menu does not offer, such as the oldest first. */}
        Sort: {current?.label ?? params.get('sort') ?? 'Code'} <Icon name="down" size={14} />
      </Button>
      {anchor && (
        <SortMenuList
          anchor={anchor}
          options={options}
          current={current}
          onClose={close}
          onChoose={(option) => {
            close();
            go(withParam(params, 'sort', option.value));
          }}
        />
      )}
    </>
  );
}
