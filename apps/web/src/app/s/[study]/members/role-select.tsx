'use client';

import type { StudyRole } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { roleWords, sentence } from '@/ui/words';
import { useState } from 'react';
import { roleDuties, roles } from './roles';

interface RoleSelectProps {
  initial: StudyRole;
  error?: string | undefined;
}

/** The roles with what each may do, said while one chooses. */
export function RoleSelect({ initial, error }: RoleSelectProps) {
  const [role, setRole] = useState(initial);
  return (
    <Field label="Role" hint={roleDuties[role]} error={error}>
      {(control) => (
        <select
          {...control}
          name="role"
          value={role}
          onChange={(event) => {
            setRole(event.target.value as StudyRole);
          }}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {sentence(roleWords[one])}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
