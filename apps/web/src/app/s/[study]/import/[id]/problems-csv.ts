import type { ImportSeverity } from '@/gql/graphql';
import { csv } from '@/ui/csv';

interface Problem {
  severity: ImportSeverity;
  code: string;
  subject: string;
  message: string;
  fix: string;
  examples: readonly string[];
  count: number;
}

/** One line for each file or id named, so that it can be sorted and worked off. */
export function problemsCsv(problems: readonly Problem[]): string {
  return csv([
    ['severity', 'kind', 'what', 'where', 'problem', 'fix', 'count_of_kind'],
    ...problems.flatMap(({ severity, code, subject, message, fix, examples, count }) =>
      (examples.length > 0 ? examples : ['']).map((where) => [
        severity.toLowerCase(),
        code,
        subject,
        where,
        message,
        fix,
        count,
      ]),
    ),
  ]);
}
