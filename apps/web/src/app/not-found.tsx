import Link from 'next/link';
import styles from '@/ui/bare-button.module.css';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { PlainPage } from '@/ui/plain-page';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <PlainPage>
      <h1>Not found</h1>
      <Card>
        <EmptyState
          icon="search"
          title="There is nothing here that you may see"
          actions={
            // Every page carries this: not MUI's button, which would come along.
            <Link href="/studies" className={styles.button}>
              All studies
            </Link>
          }
        >
          The address may be wrong, or you may not be a member of its study. Ask the person who sent
          it, or a coordinator of the study.
        </EmptyState>
      </Card>
    </PlainPage>
  );
}
