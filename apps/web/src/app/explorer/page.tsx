import type { Metadata } from 'next';
import { query, redirectToSignIn } from '@/apollo/server';
import { Link } from '@/ui/link';
import { PlainLayoutQuery } from '../(plain)/layout.query';
import styles from './explorer.module.css';
import { LazyExplorer } from './lazy-explorer';

export const metadata: Metadata = { title: 'Explorer' };

/** Questions to the API with the schema beside them; whoever is signed in asks as themselves. */
export default async function ExplorerPage() {
  const { data } = await query({ query: PlainLayoutQuery });
  if (!data.viewer) return redirectToSignIn();
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>Explorer</h1>
        <p>
          You ask as {data.viewer.name}. The book at the left describes every type and field;
          mutations change what you may change.
        </p>
        <Link href="/settings/tokens">API &amp; tokens</Link>
        <Link href="/studies">Studies</Link>
      </header>
      <main className={styles.main}>
        <LazyExplorer />
      </main>
    </div>
  );
}
