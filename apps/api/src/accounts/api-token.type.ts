import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { ApiTokenScope } from '../db.js';

registerEnumType(ApiTokenScope, {
  name: 'ApiTokenScope',
  valuesConfig: {
    READ: { description: 'Queries and downloads.' },
    WRITE: { description: "Also mutations, as far as the owner's roles go." },
  },
});

@ObjectType({ description: 'A secret for scripts, sent as `Authorization: Bearer …`.' })
export class ApiToken {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'First characters of the secret.' })
  prefix: string;

  @Field(() => ApiTokenScope)
  scope: ApiTokenScope;

  @Field(() => Boolean, {
    description: 'Whether the token sees only the studies that it names; see `studies`.',
  })
  isLimited: boolean;

  @Field(() => Date)
  createdAt: Date;

  @Field(() => Date)
  expiresAt: Date;

  @Field(() => Date, { nullable: true })
  lastUsedAt?: Date | null;

  @Field(() => Date, { nullable: true })
  revokedAt?: Date | null;
}

@ObjectType()
export class CreatedApiToken {
  @Field(() => ApiToken)
  token: ApiToken;

  @Field(() => String, { description: 'Shown this once; only its hash is kept.' })
  secret: string;
}
