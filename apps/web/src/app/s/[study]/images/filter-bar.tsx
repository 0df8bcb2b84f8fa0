'use client';

import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { withParam, withoutFilters } from '@/images/change-address';
import { useShortcuts } from '@/images/use-shortcuts';
import { Banner } from '@/ui/banner';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Kbd } from '@/ui/kbd';
import { FilterPill, Pill } from '@/ui/pill';
import styles from './filter-bar.module.css';
import { SearchField } from './search-field';
import type { LoadedList } from './use-image-list';

const AddFilterDialog = dynamic(async () => (await import('./add-filter-dialog')).AddFilterDialog, {
  ssr: false,
});

export function FilterBar({ list, total }: { list: LoadedList; total: number }) {
  const [isAdding, setAdding] = useState(false);
  const { params, filterWords, notUnderstood, go } = list;
  useShortcuts({
    f: () => {
      setAdding(true);
    },
  });
  return (
    <>
      <div className={styles.bar} role="group" aria-label="Filters in use">
        <SearchField list={list} />
        {filterWords
          .filter(({ key }) => key !== 'q')
          .map(({ key, field, value }) => (
            <FilterPill
              key={key}
              field={field}
              value={value}
              onRemove={() => {
                go(withParam(params, key, undefined));
              }}
            />
          ))}
        <Pill
          onClick={() => {
            setAdding(true);
          }}
        >
          <Icon name="plus" size={14} /> Add filter <Kbd>F</Kbd>
        </Pill>
        {filterWords.length > 0 && (
          <Button
            variant="text"
            size="small"
            onClick={() => {
              go(withoutFilters(params));
            }}
          >
            Clear
          </Button>
        )}
        <span className={styles.count} role="status">
          <b>{formatCount(list.totalCount)}</b> of {countOf(total, 'image')} ·{' '}
          {countOf(list.patientCount, 'patient')}
        </span>
      </div>
      {notUnderstood.length > 0 && (
        <Banner tone="warn">
          <b>{countOf(notUnderstood.length, 'filter')} in the address not understood:</b>{' '}
          {notUnderstood.join(', ')}. The list is shown without{' '}
          {notUnderstood.length === 1 ? 'it' : 'them'}.
        </Banner>
      )}
      {isAdding && (
        <AddFilterDialog
          list={list}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </>
  );
}
