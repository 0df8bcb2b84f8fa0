'use client';

import Button from '@mui/material/Button';
import { Field } from '@/ui/field';
import styles from '../../registry.module.css';

interface ChooseTwoProps {
  slug: string;
  choices: readonly { key: string; title: string }[];
  a: string;
  b: string;
  showAll: boolean;
}

/** A plain form whose address is the choice: it works before any script has come. */
export function ChooseTwo({ slug, choices, a, b, showAll }: ChooseTwoProps) {
  const pair = [
    ['a', 'This version', a],
    ['b', 'with this one', b],
  ] as const;
  return (
    <form action={`/s/${slug}/models/-/compare`} className={styles.choose}>
      {pair.map(([name, label, key]) => (
        <Field key={`${name} ${key}`} label={label}>
          {(control) => (
            <select {...control} name={name} defaultValue={key}>
              {choices.map(({ key: value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
      {showAll && <input type="hidden" name="all" value="1" />}
      <Button type="submit" variant="contained" color="primary">
        Compare
      </Button>
    </form>
  );
}
