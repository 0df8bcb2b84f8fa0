import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ApiToken } from '../accounts/api-token.type.js';
import type { Context } from '../context.js';
import { tokenStudiesLoader } from './study.loader.js';
import { Study } from './study.type.js';

@Resolver(() => ApiToken)
export class ApiTokenStudiesResolver {
  @FieldResolver(() => [Study], {
    nullable: true,
    description:
      'The studies that the token is limited to, as far as you still see them, by name. Null where it sees all that its owner sees.',
  })
  studies(@Root() token: ApiToken, @Ctx() context: Context): Promise<Study[]> | null {
    return token.isLimited ? tokenStudiesLoader(context).load(token.id) : null;
  }
}
