import { addressOf } from '../accounts/user-account.service.js';
import { inVisibleStudy, studyFor } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Viewer } from '../context.js';
import { type Db, inTransaction, type Prisma, type StudyMemberModel } from '../db.js';
import { conflict, invalid, notFound, Refusal } from '../errors.js';
import { isId } from '../ids.js';
import type {
  AddStudyMemberInput,
  ChangeStudyMemberInput,
  RemoveStudyMemberInput,
} from './study-member.input.js';
import type { StudyMember, StudyMemberConnection } from './study-member.type.js';
import { permissionsIn } from './study.service.js';

interface MemberPage {
  studyId: string;
  first: number;
  after?: string | undefined;
}

/**
 * The members of a study, in the order in which they came.
 *
 * @throws FORBIDDEN for who may not see them: readers of a blinded study need not know who else reads
 */
export async function listMembers(
  db: Db,
  viewer: Viewer,
  { studyId, first, after }: MemberPage,
): Promise<StudyMemberConnection> {
  const study = await studyFor(db, viewer, studyId, 'seeMembers');
  const showEmail = permissionsIn({ ...viewer, mayWrite: true }, study.members[0]?.role);
  const where: Prisma.StudyMemberWhereInput = { AND: [{ studyId }, inVisibleStudy(viewer)] };
  const rows = await db.studyMember.findMany({
    where: after === undefined ? where : { AND: [where, laterThan(after)] },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    include: { user: { select: { email: true } } },
    take: pageSize(first) + 1,
  });
  return toConnection(
    rows.map(({ user, ...row }): StudyMember => ({
      ...row,
      email: showEmail.manageMembers ? user.email : null,
    })),
    first,
    ({ createdAt, userId }) => [createdAt.toISOString(), userId],
    () => db.studyMember.count({ where }),
  );
}

function laterThan(after: string): Prisma.StudyMemberWhereInput {
  const [time, userId] = decodeCursor(after, 2).map(String);
  const createdAt = new Date(time!);
  if (Number.isNaN(createdAt.getTime()) || !isId(userId!)) {
    throw invalid('after', 'The cursor `after` does not belong to this list.');
  }
  return { OR: [{ createdAt: { gt: createdAt } }, { createdAt, userId: { gt: userId! } }] };
}

/**
 * Lets the owner of an account into the study.
 *
 * @throws NOT_FOUND when the address has no account; CONFLICT when they are a member already
 */
export async function addMember(
  db: Db,
  viewer: Viewer,
  { studyId, email, role }: AddStudyMemberInput,
): Promise<StudyMember> {
  await studyFor(db, viewer, studyId, 'manageMembers');
  const address = addressOf(email);
  const user = await db.user.findUnique({ where: { email: address } });
  if (!user) {
    throw new Refusal(
      'NOT_FOUND',
      'This address has no account here. An administrator makes accounts.',
      { field: 'email' },
    );
  }
  const { count } = await db.studyMember.createMany({
    data: { studyId, userId: user.id, role },
    skipDuplicates: true,
  });
  if (count === 0) throw conflict('They are a member of this study already.', { field: 'email' });
  const studyId_userId = { studyId, userId: user.id };
  const row = await db.studyMember.findUniqueOrThrow({ where: { studyId_userId } });
  return { ...row, email: address };
}

/** Gives a member another role; who is there with that role already stays as they are. */
export async function changeMember(
  db: Db,
  viewer: Viewer,
  { studyId, userId, role }: ChangeStudyMemberInput,
): Promise<StudyMember> {
  return withMember(db, viewer, { studyId, userId }, async (tx, member) => {
    if (role !== 'COORDINATOR') await requireOtherCoordinator(tx, viewer, member);
    return tx.studyMember.update({
      where: { studyId_userId: { studyId, userId } },
      data: { role },
      include: { user: { select: { email: true } } },
    });
  }).then(({ user, ...row }) => ({ ...row, email: user.email }));
}

/** Ends a membership; what the person made stays, under their name. */
export async function removeMember(
  db: Db,
  viewer: Viewer,
  { studyId, userId }: RemoveStudyMemberInput,
): Promise<string> {
  return withMember(db, viewer, { studyId, userId }, async (tx, member) => {
    await requireOtherCoordinator(tx, viewer, member);
    await tx.studyMember.delete({ where: { studyId_userId: { studyId, userId } } });
    return userId;
  });
}

/** Acts on one member while nobody else changes the members of the study. */
async function withMember<T>(
  db: Db,
  viewer: Viewer,
  { studyId, userId }: RemoveStudyMemberInput,
  act: (tx: Db, member: StudyMemberModel) => Promise<T>,
): Promise<T> {
  await studyFor(db, viewer, studyId, 'manageMembers');
  if (!isId(userId)) throw notFound('member', userId);
  return inTransaction(db, async (tx) => {
    // Two coordinators who remove each other at once would leave none.
    await tx.$queryRaw`SELECT id FROM "Study" WHERE id = ${studyId}::uuid FOR NO KEY UPDATE`;
    const member = await tx.studyMember.findUnique({
      where: { studyId_userId: { studyId, userId } },
    });
    if (!member) throw notFound('member', userId);
    // Whoever waited for the lock may have lost the right meanwhile.
    await studyFor(tx, viewer, studyId, 'manageMembers');
    return act(tx, member);
  });
}

async function requireOtherCoordinator(
  tx: Db,
  viewer: Viewer,
  { studyId, userId, role }: StudyMemberModel,
) {
  if (viewer.isAdmin || role !== 'COORDINATOR') return;
  const others = await tx.studyMember.count({
    where: { studyId, role: 'COORDINATOR', userId: { not: userId } },
  });
  if (others > 0) return;
  throw conflict('A study keeps a coordinator: name another one first, or ask an administrator.', {
    field: 'userId',
  });
}
