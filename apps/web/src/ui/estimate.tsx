import { formatInterval, formatProportion, formatValue } from './format';
import { reasonWords } from './reason-words';
import styles from './estimate.module.css';

export interface EstimateFacts {
  value?: number | null;
  low?: number | null;
  high?: number | null;
  undefinedReason?: string | null;
  intervalUndefinedReason?: string | null;
}

interface EstimateProps {
  of: EstimateFacts;
  /** A rate at an operating point: two decimals. */
  isRate?: boolean;
}

/** Value and interval, always together; what does not exist is a sentence and never a number. */
export function Estimate({ of, isRate = false }: EstimateProps) {
  if (typeof of.value !== 'number')
    return <span className={styles.undefined}>{undefinedWords(of)}</span>;
  const value = isRate ? formatProportion(of.value) : formatValue(of.value);
  return (
    <span className={styles.estimate}>
      <b>{value}</b> <span>{intervalWords(of)}</span>
    </span>
  );
}

/** "0.860 [0.80, 0.90]", for labels, exports and sentences. */
export const estimateWords = (of: EstimateFacts) =>
  typeof of.value === 'number'
    ? `${formatValue(of.value)} ${intervalWords(of)}`
    : undefinedWords(of);

export const undefinedWords = ({ undefinedReason }: EstimateFacts) =>
  withLead('not defined', undefinedReason);

export function intervalWords({ low, high, intervalUndefinedReason }: EstimateFacts) {
  return typeof low === 'number' && typeof high === 'number'
    ? formatInterval(low, high)
    : withLead('no interval', intervalUndefinedReason);
}

/** The API's reasons may be whole phrases already ("not estimated: 4 melanomas"). */
function withLead(lead: string, reason: string | null | undefined) {
  if (!reason) return lead;
  return /^no[t]? /.test(reason) && reason.includes(':')
    ? reason
    : `${lead}: ${reasonWords(reason)}`;
}
