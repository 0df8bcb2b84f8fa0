import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from './schema.js';

interface Described {
  description?: string | null | undefined;
}

/** The places of a type that an analyst reads, by name. */
function placesOf(type: GraphQLNamedType): [string, Described][] {
  const own: [string, Described] = [type.name, type];
  if (isEnumType(type)) {
    return [
      own,
      ...type
        .getValues()
        .map((value): [string, Described] => [`${type.name}.${value.name}`, value]),
    ];
  }
  if (isInputObjectType(type)) {
    return [
      own,
      ...Object.values(type.getFields()).map((field): [string, Described] => [
        `${type.name}.${field.name}`,
        field,
      ]),
    ];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  return [
    own,
    ...Object.values(type.getFields()).flatMap((field): [string, Described][] => [
      [`${type.name}.${field.name}`, field],
      ...field.args.map((arg): [string, Described] => [
        `${type.name}.${field.name}(${arg.name})`,
        arg,
      ]),
    ]),
  ];
}

describe('the schema', () => {
  it('is described throughout: types, fields, arguments, inputs and the words of enums', () => {
    const types = Object.values(createSchema().getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
    );
    const silent = types
      .flatMap(placesOf)
      .filter(([, { description }]) => !description?.trim())
      .map(([name]) => name);
    expect(silent).toEqual([]);
  });
});
