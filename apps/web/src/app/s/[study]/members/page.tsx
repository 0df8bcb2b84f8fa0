import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { query } from '@/apollo/server';
import type { MembersQuery as Answer } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { PageLinks } from '@/ui/page-links';
import { Time } from '@/ui/time';
import { VisuallyHidden } from '@/ui/visually-hidden';
import { roleWords, sentence } from '@/ui/words';
import { AddMember } from './add-member';
import { CreateAccount } from './create-account';
import { MemberActions } from './member-actions';
import styles from './members.module.css';
import { MaySeeMembersQuery, MembersQuery } from './members.query';
import { RolesCard } from './roles';

export const metadata: Metadata = { title: 'Members & access' };

const PAGE_SIZE = 50;

type Study = NonNullable<Answer['study']>;
type Member = Study['members']['edges'][number]['node'];

interface MembersPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<{ after?: string }>;
}

export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const [{ study: slug }, { after }] = [await params, await searchParams];
  const allowed = await query({ query: MaySeeMembersQuery, variables: { slug } });
  // What a role may not see is absent, as is its entry in the menu.
  if (!allowed.data.study?.permissions.seeMembers) notFound();
  const variables = { slug, first: PAGE_SIZE, after };
  const { data } = await query({ query: MembersQuery, variables });
  const { study, viewer } = data;
  if (!study) notFound();
  return (
    <>
      <PageHeader
        title="Members & access"
        sub="Nobody sees a study they are not a member of, but administrators."
        isSynthetic={study.isSynthetic}
        actions={
          study.permissions.manageMembers && (
            <>
              {viewer?.isAdmin && <CreateAccount />}
              <AddMember studyId={study.id} />
            </>
          )
        }
      />
      <div className={styles.two}>
        <MembersCard study={study} viewerId={viewer?.id} />
        <RolesCard />
      </div>
      <PageLinks path={`/s/${slug}/members`} after={after} pageInfo={study.members.pageInfo} />
    </>
  );
}

function MembersCard({ study, viewerId }: { study: Study; viewerId: string | undefined }) {
  const { members, permissions } = study;
  return (
    <Card flush title="Members" aside={countOf(members.totalCount, 'member')}>
      {members.totalCount === 0 ? (
        <EmptyState icon="users" title="No member">
          Only administrators see this study now. Add its coordinator first.
        </EmptyState>
      ) : (
        <div className={styles.table}>
          <Table aria-label="Members">
            <TableHead>
              <TableRow>
                <TableCell>Name</TableCell>
                {permissions.manageMembers && <TableCell>E-mail</TableCell>}
                <TableCell>Role</TableCell>
                <TableCell>Member since</TableCell>
                {permissions.manageMembers && (
                  <TableCell>
                    <VisuallyHidden>Change</VisuallyHidden>
                  </TableCell>
                )}
              </TableRow>
            </TableHead>
            <TableBody>
              {members.edges.map(({ node }) => (
                <MemberRow key={node.user?.id} study={study} member={node} viewerId={viewerId} />
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </Card>
  );
}

interface MemberRowProps {
  study: Study;
  member: Member;
  viewerId: string | undefined;
}

function MemberRow({ study, member, viewerId }: MemberRowProps) {
  const { user, email, role, createdAt } = member;
  const name = user?.name ?? 'Unknown';
  return (
    <TableRow>
      <TableCell>
        <b>{name}</b>
        {user?.id === viewerId && <span className={styles.quiet}> (you)</span>}
      </TableCell>
      {study.permissions.manageMembers && <TableCell>{email}</TableCell>}
      <TableCell>{sentence(roleWords[role])}</TableCell>
      <TableCell>
        <Time at={createdAt} />
      </TableCell>
      {study.permissions.manageMembers && user && (
        <TableCell align="right" className={styles.actions}>
          <MemberActions
            studyId={study.id}
            userId={user.id}
            name={name}
            role={role}
            isSelf={user.id === viewerId}
          />
        </TableCell>
      )}
    </TableRow>
  );
}
