'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState, type SubmitEvent } from 'react';
import { withParam } from '@/images/change-address';
import { range } from '@/images/image-list-address';
import styles from './add-filter-dialog.module.css';
import { filterFields, type FilterField } from './filter-fields';
import type { LoadedList } from './use-image-list';

/** Any condition of the grammar, also those that have no facet. */
export function AddFilterDialog({ list, onClose }: { list: LoadedList; onClose: () => void }) {
  const fields = filterFields(list.names);
  const [key, setKey] = useState(fields[0]?.key ?? '');
  const [words, setWords] = useState<string[]>([]);
  const [low, setLow] = useState('');
  const [high, setHigh] = useState('');
  const field = fields.find((f) => f.key === key);
  const value = field?.kind === 'range' ? `${low.trim()}..${high.trim()}` : words.join(',');
  const isReady = field?.kind === 'range' ? isRangeOf(field, value) : words.length > 0;

  const choose = (chosen: string) => {
    setKey(chosen);
    setWords([]);
    setLow('');
    setHigh('');
  };
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isReady) return;
    onClose();
    list.go(withParam(list.params, key, value));
  };

  return (
    <Dialog open onClose={onClose} aria-labelledby="add-filter" maxWidth="xs">
      <form onSubmit={add}>
        <DialogTitle id="add-filter">Add filter</DialogTitle>
        <DialogContent>
          <div className={styles.fields}>
            <TextField
              select
              autoFocus
              label="Field"
              value={key}
              onChange={(event) => {
                choose(event.target.value);
              }}
            >
              {fields.map((f) => (
                <MenuItem key={f.key} value={f.key}>
                  {f.title}
                </MenuItem>
              ))}
            </TextField>
            {field?.kind === 'words' && (
              <TextField
                select
                label={field.many ? 'Any of' : 'Value'}
                value={field.many ? words : (words[0] ?? '')}
                onChange={(event) => {
                  setWords([event.target.value].flat());
                }}
                slotProps={{ select: { multiple: field.many } }}
              >
                {field.options.map(({ token, label }) => (
                  <MenuItem key={token} value={token}>
                    {label}
                  </MenuItem>
                ))}
              </TextField>
            )}
            {field?.kind === 'range' && (
              <div className={styles.range}>
                <TextField
                  label="From"
                  value={low}
                  onChange={(event) => {
                    setLow(event.target.value);
                  }}
                  slotProps={{ htmlInput: { inputMode: 'decimal' } }}
                />
                <TextField
                  label="To"
                  value={high}
                  helperText={field.hint}
                  onChange={(event) => {
                    setHigh(event.target.value);
                  }}
                  slotProps={{ htmlInput: { inputMode: 'decimal' } }}
                />
              </div>
            )}
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" color="primary" disabled={!isReady}>
            Add filter
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function isRangeOf(field: FilterField & { kind: 'range' }, text: string): boolean {
  const between = range(text);
  if (!between) return false;
  const ends = [between.min, between.max].filter((end) => end !== undefined);
  return ends.every((end) => end <= field.largest && (!field.whole || Number.isInteger(end)));
}
