import type { ReactNode } from 'react';
import { Brand } from './brand';
import { Link } from './link';
import styles from './plain-page.module.css';

/** A page outside any study: the mark, perhaps who is signed in, and the content. */
export function PlainPage({ children, side }: { children: ReactNode; side?: ReactNode }) {
  return (
    <>
      <header className={styles.top}>
        <Link href="/studies" aria-label="Lesionwise, all studies">
          <Brand />
        </Link>
        {side !== undefined && <div className={styles.side}>{side}</div>}
      </header>
      <main className={styles.main}>{children}</main>
    </>
  );
}
