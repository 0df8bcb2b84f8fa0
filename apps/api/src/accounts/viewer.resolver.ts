import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { createApiToken, listApiTokens, revokeApiToken } from './api-token.service.js';
import { ApiToken, CreatedApiToken } from './api-token.type.js';
import { CreateApiTokenInput } from './create-api-token.input.js';
import { CreateUserInput } from './create-user.input.js';
import { createUser } from './user-account.service.js';
import { CreatedUser, CurrentViewer } from './user.type.js';
import { findViewer } from './viewer.service.js';

@Resolver(() => CurrentViewer)
export class ViewerResolver {
  @Query(() => CurrentViewer, { nullable: true, description: 'Null when nobody is signed in.' })
  viewer(@Ctx() { db, viewer }: Context): Promise<CurrentViewer | null> {
    return findViewer(db, viewer);
  }

  @FieldResolver(() => [ApiToken], { description: 'Your own, newest first.' })
  apiTokens(@Ctx() { db, viewer }: Context): Promise<ApiToken[]> {
    return listApiTokens(db, viewer);
  }

  @Mutation(() => CreatedUser, {
    description: 'Makes an account for somebody else. For administrators.',
  })
  createUser(
    @Arg('input', () => CreateUserInput) input: CreateUserInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<CreatedUser> {
    return createUser(db, viewer, input);
  }

  @Mutation(() => CreatedApiToken)
  createApiToken(
    @Arg('input', () => CreateApiTokenInput) input: CreateApiTokenInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<CreatedApiToken> {
    return createApiToken(db, viewer, input);
  }

  @Mutation(() => ApiToken, { description: 'Ends the token at once; revoking twice is harmless.' })
  revokeApiToken(
    @Arg('id', () => ID) id: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<ApiToken> {
    return revokeApiToken(db, viewer, id);
  }
}
