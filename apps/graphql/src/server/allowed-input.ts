import { nearestName } from '@waybill/core'
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

/** What could stand in the place of something that a query or its variables have wrong. */
export interface AllowedInput {
  /** Every name that is allowed there. */
  readonly allowed: readonly string[]
  /** The one among them that was probably meant; null where none is near, or where no name was given. */
  readonly nearest: string | null
}

/** What graphql-js says of a wrong name, and which names it could have been. It says the same of literals and of variables. */
const FAULTS: readonly {
  readonly pattern: RegExp
  readonly names: (schema: GraphQLSchema, match: Readonly<Record<string, string>>) => readonly string[]
}[] = [
  {
    pattern: /Expected value of type "(?<type>\w+)!?" not to include unknown field "(?<given>[^"]*)"/,
    names: (schema, { type = '' }) => fieldsOf(schema.getType(type)),
  },
  {
    pattern: /Expected value of type "(?<type>\w+)!?" to be an object/,
    names: (schema, { type = '' }) => fieldsOf(schema.getType(type)),
  },
  {
    pattern: /Value "(?<given>[^"]*)" does not exist in "(?<type>\w+)" enum/,
    names: (schema, { type = '' }) => valuesOf(schema.getType(type)),
  },
  {
    pattern: /Enum "(?<type>\w+)" cannot represent non-(?:enum|string) value: "?(?<given>\w*)/,
    names: (schema, { type = '' }) => valuesOf(schema.getType(type)),
  },
  {
    pattern: /^Unknown argument "(?<given>\w+)" on field "(?<type>\w+)\.(?<field>\w+)"/,
    names: (schema, { type = '', field = '' }) => {
      const owner = schema.getType(type)
      const args = isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[field]?.args : undefined
      return (args ?? []).map(({ name }) => name)
    },
  },
  {
    pattern: /^Unknown argument "(?<given>\w+)" on directive "@(?<directive>\w+)"/,
    names: (schema, { directive = '' }) =>
      (schema.getDirective(directive)?.args ?? []).map(({ name }) => name),
  },
  {
    pattern: /^Cannot query field "(?<given>\w+)" on type "(?<type>\w+)"/,
    names: (schema, { type = '' }) => fieldsOf(schema.getType(type)),
  },
  {
    pattern: /^Unknown directive "@(?<given>\w+)"/,
    names: (schema) => schema.getDirectives().map(({ name }) => name),
  },
]

/** Finds what is allowed in the place that an error of graphql-js is about; null where it is about no name. */
export function findAllowed(message: string, schema: GraphQLSchema): AllowedInput | null {
  for (const { pattern, names } of FAULTS) {
    const groups = pattern.exec(message)?.groups
    if (groups === undefined) continue
    const allowed = names(schema, groups)
    const { given = '' } = groups
    if (allowed.length > 0) return { allowed, nearest: given === '' ? null : nearestName(given, allowed) }
  }
  return null
}

function fieldsOf(type: GraphQLNamedType | undefined): string[] {
  const hasFields = isInputObjectType(type) || isObjectType(type) || isInterfaceType(type)
  return hasFields ? Object.keys(type.getFields()) : []
}

function valuesOf(type: GraphQLNamedType | undefined): string[] {
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : []
}
