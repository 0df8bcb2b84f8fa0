import type { Metadata } from 'next';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { query } from '@/apollo/server';
import type { TokensQuery as Answer } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { hasPassed } from '@/ui/has-passed';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { StateChip } from '@/ui/state-chip';
import { Time } from '@/ui/time';
import { VisuallyHidden } from '@/ui/visually-hidden';
import { CreateToken } from './create-token';
import { RevokeToken } from './revoke-token';
import { TokensQuery } from './tokens.query';

export const metadata: Metadata = { title: 'API tokens' };

type Token = NonNullable<Answer['viewer']>['apiTokens'][number];

export default async function TokensPage() {
  const { data } = await query({ query: TokensQuery });
  const tokens = data.viewer?.apiTokens ?? [];
  return (
    <>
      <PageHeader
        title="API tokens"
        sub="A script signs in with a token and sees what you see, in the studies you are a member of."
        actions={
          <>
            <LinkButton href="/explorer">
              <Icon name="search" /> Explorer
            </LinkButton>
            <CreateToken studies={data.studies} />
          </>
        }
      />
      <Card
        title="Your tokens"
        flush={tokens.length > 0}
        footer={
          <span>
            Send it as <code>Authorization: Bearer lwt_…</code> to <code>/graphql</code>.
          </span>
        }
      >
        {tokens.length === 0 ? (
          <EmptyState icon="key" title="No token yet">
            Whatever a page shows can be asked for by a script. Create a token for each script, so
            that one can be revoked without the others.
          </EmptyState>
        ) : (
          <Table aria-label="Your tokens">
            <TableHead>
              <TableRow>
                {['Name', 'Begins with', 'May', 'In', 'Created', 'Last used', 'State', ''].map(
                  (head) => (
                    <TableCell key={head}>
                      {head || <VisuallyHidden>Revoke</VisuallyHidden>}
                    </TableCell>
                  ),
                )}
              </TableRow>
            </TableHead>
            <TableBody>
              {tokens.map((token) => (
                <TokenRow key={token.id} token={token} />
              ))}
            </TableBody>
          </Table>
        )}
      </Card>
    </>
  );
}

function TokenRow({ token }: { token: Token }) {
  return (
    <TableRow>
      <TableCell>
        <b>{token.name}</b>
      </TableCell>
      <TableCell>
        <code>{token.prefix}</code>
      </TableCell>
      <TableCell>{token.scope === 'WRITE' ? 'read and write' : 'read'}</TableCell>
      <TableCell>{reachWords(token)}</TableCell>
      <TableCell>
        <Time at={token.createdAt} />
      </TableCell>
      <TableCell>{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : 'never'}</TableCell>
      <TableCell>
        <TokenState token={token} />
      </TableCell>
      <TableCell align="right">
        {!token.revokedAt && <RevokeToken id={token.id} name={token.name} />}
      </TableCell>
    </TableRow>
  );
}

function reachWords({ isLimited, studies }: Token): string {
  if (!isLimited) return 'all studies';
  const names = studies?.map(({ name }) => name) ?? [];
  return names.length > 0 ? names.join(', ') : 'studies that you no longer see';
}

function TokenState({ token: { expiresAt, revokedAt } }: { token: Token }) {
  if (revokedAt)
    return (
      <StateChip tone="off" icon="close">
        revoked <Time at={revokedAt} />
      </StateChip>
    );
  if (hasPassed(expiresAt))
    return (
      <StateChip tone="warn" icon="clock">
        expired <Time at={expiresAt} />
      </StateChip>
    );
  return (
    <StateChip tone="ok" icon="check">
      until <Time at={expiresAt} />
    </StateChip>
  );
}
