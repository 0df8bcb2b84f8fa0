'use client';

import Button from '@mui/material/Button';
import { Banner } from '@/ui/banner';
import { countOf } from '@/ui/format';
import styles from './import.module.css';
import type { PickedFile } from './picked-files';
import type { UploadFailure } from './upload-all';

/** More would fill the page; after trying again the next ones are named. */
const NAMED = 10;

interface UploadFailuresProps {
  failures: readonly UploadFailure<PickedFile>[];
  onRetry: () => void;
}

export function UploadFailures({ failures, onRetry }: UploadFailuresProps) {
  return (
    <div className={styles.progress}>
      <Banner
        tone="err"
        live
        actions={
          <Button size="small" onClick={onRetry}>
            Retry {countOf(failures.length, 'file')}
          </Button>
        }
      >
        <b>{countOf(failures.length, 'file')} did not arrive.</b> The others are kept.
        <ul className={styles.failures}>
          {failures.slice(0, NAMED).map(({ item, message }) => (
            <li key={item.path}>
              <code>{item.path}</code>: {message}
            </li>
          ))}
          {failures.length > NAMED && <li>and {countOf(failures.length - NAMED, 'more file')}</li>}
        </ul>
      </Banner>
    </div>
  );
}
