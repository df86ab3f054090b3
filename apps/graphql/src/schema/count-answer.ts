import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isLeafType,
  isObjectType,
} from 'graphql'

/** Counts what goes into an answer while it is built. */
export interface AnswerMeter {
  /** @returns false once the answer is too large: it is thrown away. */
  count(bytes: number): boolean
}

interface Metered {
  readonly meter: AnswerMeter
}

/** Makes every field that yields values count them, so that an answer that grows too large ends before it is there. */
export function countAnswers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      if (isLeafType(getNamedType(field.type))) measure(field)
    }
  }
  return schema
}

type Resolver<Context> = NonNullable<GraphQLField<unknown, Context>['resolve']>

const uncounted = new WeakMap<object, Resolver<never>>()

/** What resolves a field, without the counting. */
export function uncountedResolverOf<Context>(field: GraphQLField<unknown, Context>): Resolver<Context> {
  return (uncounted.get(field) as Resolver<Context> | undefined) ?? field.resolve ?? defaultFieldResolver
}

function measure(field: GraphQLField<unknown, Metered>): void {
  const resolve = field.resolve ?? defaultFieldResolver
  uncounted.set(field, resolve)
  field.resolve = (source, args, context, info) => {
    const value: unknown = resolve(source, args, context, info)
    if (value === null || value === undefined) return value
    return value instanceof Promise
      ? value.then((resolved: unknown) => counted(resolved, context))
      : counted(value, context)
  }
}

// What is still completed once the answer is too large is thrown away, so it may as well be what is there.
function counted(value: unknown, { meter }: Metered): unknown {
  if (meter.count(sizeOf(value)) || !Array.isArray(value)) return value
  return []
}

/** About as many bytes as a value has in JSON; those of a text exactly. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return bytesOf(value)
  if (typeof value !== 'object' || value === null) return 8
  const own = Array.isArray(value) ? 0 : Object.keys(value).reduce((sum, key) => sum + bytesOf(key) + 1, 0)
  return Object.values(value).reduce<number>((sum, member) => sum + 1 + sizeOf(member), own + 2)
}

/** What JSON escapes, lone halves of surrogate pairs among them. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/

function bytesOf(text: string): number {
  return ESCAPED.test(text) ? Buffer.byteLength(JSON.stringify(text)) : Buffer.byteLength(text) + 2
}
