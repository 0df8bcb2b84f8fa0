import Button from '@mui/material/Button';
import { Icon } from '@/ui/icon';
import styles from './patients.module.css';

/** An ordinary form: it works before any script has loaded, and the search is in the address. */
export function SearchForm({ path, search }: { path: string; search: string | undefined }) {
  return (
    <form action={path} role="search" className={styles.search}>
      <input
        name="q"
        type="search"
        aria-label="Search by patient code"
        placeholder="Patient code…"
        defaultValue={search}
        key={search}
      />
      <Button type="submit">
        <Icon name="search" /> Search
      </Button>
    </form>
  );
}
