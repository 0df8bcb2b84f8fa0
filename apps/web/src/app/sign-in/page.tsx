import type { Metadata } from 'next';
import { Brand } from '@/ui/brand';
import { Illustration } from './illustration';
import { SignInForm } from './sign-in-form';
import styles from './sign-in.module.css';

export const metadata: Metadata = { title: 'Sign in' };

export default function SignInPage() {
  return (
    <div className={styles.page}>
      <main className={styles.left}>
        <Brand />
        <div>
          <h1 className={styles.title}>Sign in</h1>
          <SignInForm />
          <p className={styles.note}>
            No account? Ask an administrator of this installation to make one for you.
          </p>
        </div>
        <p className={styles.use}>For research use. Not a medical device.</p>
      </main>
      <aside className={styles.right} aria-label="About Lesionwise">
        <Illustration />
        <p className={styles.words}>
          Images, reference standards, model versions and the statistics between them, in one place.
        </p>
      </aside>
    </div>
  );
}
