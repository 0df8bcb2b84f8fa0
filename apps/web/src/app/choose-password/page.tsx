import type { Metadata } from 'next';
import { Brand } from '@/ui/brand';
import styles from '../sign-in/sign-in.module.css';
import { ChoosePasswordForm } from './choose-password-form';

export const metadata: Metadata = { title: 'Choose a password' };

/** Where a one-time password leads: whoever made it up knows it, so it opens nothing else. */
export default function ChoosePasswordPage() {
  return (
    <div className={styles.page}>
      <main className={styles.left}>
        <Brand />
        <div>
          <h1 className={styles.title}>Choose a password</h1>
          <ChoosePasswordForm />
          <p className={styles.note}>
            Every other browser in which you are signed in is signed out.
          </p>
        </div>
        <p className={styles.use}>For research use. Not a medical device.</p>
      </main>
    </div>
  );
}
