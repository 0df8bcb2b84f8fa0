'use client';

import { Field, type ControlProps } from '@/ui/field';

interface RemoteFieldsProps {
  busy: boolean;
  /** Why the form was refused, and the part of the input at fault. */
  problem: string | undefined;
  field: string | undefined;
}

/** The parts of the input that the API may name when it refuses, and that have a field here. */
const parts = [
  ...['endpoint.url', 'endpoint.model', 'endpoint.version', 'endpoint.tokenVariable'],
  ...['files', 'trainingList'],
];

/** Whether a refusal stands beside one of the fields, and need not be said above them again. */
export const isFieldOfForm = (field: string | undefined) =>
  field !== undefined && parts.includes(field);

/** What is asked of who registers a remote version, as fields of a form. */
export function RemoteFields({ busy, problem, field }: RemoteFieldsProps) {
  const errorOf = (name: string) => (field === name ? problem : undefined);
  return (
    <>
      <Field
        label="Address"
        hint="Up to and without /v2. Your operator may list the hosts that are allowed."
        error={errorOf('endpoint.url')}
      >
        {text({
          name: 'url',
          type: 'url',
          placeholder: 'http://triton.example.org:8000',
          busy,
        })}
      </Field>
      <Field label="Model name" hint="As the engine calls it." error={errorOf('endpoint.model')}>
        {text({ name: 'model', busy })}
      </Field>
      <Field
        label="Served version (optional)"
        hint="The engine's own, such as 1; needed where it serves several."
        error={errorOf('endpoint.version')}
      >
        {text({ name: 'version', busy, required: false })}
      </Field>
      <Field
        label="Variable with a token (optional)"
        hint="Name of an environment variable of API and workers, LESIONWISE_REMOTE_TOKEN_…; never the token itself."
        error={errorOf('endpoint.tokenVariable')}
      >
        {text({ name: 'tokenVariable', busy, required: false })}
      </Field>
      <Field
        label="Manifest"
        hint={
          <>
            <code>manifest.json</code>, with <code>MODEL_CARD.md</code> and{' '}
            <code>training-list.csv</code> where there are any.
          </>
        }
        error={field === 'files' || field === 'trainingList' ? problem : undefined}
      >
        {(control) => (
          <input
            {...control}
            name="files"
            type="file"
            multiple
            required
            accept=".json,.md,.csv"
            style={{ padding: 7 }}
            disabled={busy}
          />
        )}
      </Field>
    </>
  );
}

interface TextProps {
  name: string;
  busy: boolean;
  type?: 'text' | 'url';
  placeholder?: string;
  required?: boolean;
}

/** A line of text of a field. */
const text = ({ busy, type = 'text', required = true, ...own }: TextProps) =>
  function TextControl(control: ControlProps) {
    return (
      <input
        {...control}
        {...own}
        type={type}
        required={required}
        disabled={busy}
        autoComplete="off"
        spellCheck={false}
      />
    );
  };
