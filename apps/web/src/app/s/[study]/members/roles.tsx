import type { StudyRole } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { Facts } from '@/ui/facts';
import { roleWords, sentence } from '@/ui/words';

/** What each role is for, in the words of the API's rules (access.ts). */
export const roleDuties: Record<StudyRole, string> = {
  COORDINATOR:
    'Keeps patients, images and references, imports, runs inference, builds cohorts and evaluations, and decides who is a member.',
  STATISTICIAN:
    'Builds cohorts and evaluations, writes and locks the analysis plan, promotes model versions.',
  ML_ENGINEER:
    'Registers model versions, imports, runs inference, builds cohorts and evaluations, promotes model versions.',
  READER: 'Sees the study and changes nothing.',
  AUDITOR: 'Sees the study and who is a member of it, and changes nothing.',
};

export const roles = Object.keys(roleDuties) as StudyRole[];

export function RolesCard() {
  return (
    <Card title="What each role may do">
      <Facts rows={roles.map((role) => [sentence(roleWords[role]), roleDuties[role]])} />
    </Card>
  );
}
