'use client';

import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { withParam } from '@/images/change-address';
import { Icon } from '@/ui/icon';
import { LazyMenu } from '@/ui/overlays';
import { sortOptions, type SortOption } from './sort-options';
import type { LoadedList } from './use-image-list';

export function SortMenu({ list }: { list: LoadedList }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { params, names, sort, go } = list;
  const options = sortOptions(names.versions);
  const isCurrent = (option: SortOption) =>
    option.sort.field === sort.field &&
    option.sort.direction === sort.direction &&
    option.sort.modelVersionId === sort.modelVersionId &&
    option.sort.task === sort.task;
  // An address may ask for an order the menu does not offer, such as the oldest first.
  const current = options.find(isCurrent)?.label ?? params.get('sort') ?? 'Code';

  return (
    <>
      <Button
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        Sort: {current} <Icon name="down" size={14} />
      </Button>
      {anchor && (
        <LazyMenu
          anchorEl={anchor}
          open
          onClose={() => {
            setAnchor(null);
          }}
        >
          {options.flatMap((option, index) => [
            index > 0 && option.sort.modelVersionId !== options[index - 1]?.sort.modelVersionId && (
              <Divider key={`above ${option.label}`} />
            ),
            <MenuItem
              key={option.label}
              selected={isCurrent(option)}
              onClick={() => {
                setAnchor(null);
                go(withParam(params, 'sort', option.value));
              }}
            >
              {option.label}
            </MenuItem>,
          ])}
        </LazyMenu>
      )}
    </>
  );
}
