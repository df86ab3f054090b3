import type { FieldDefinition, FieldDefinitions, FilterSchema } from './schema.js'

/** The default of `maxLength`, in UTF-16 code units: about eight times what web servers let through as a URL. */
export const DEFAULT_MAX_LENGTH = 65_536

/**
 * Declares the fields and operators that a filter may use. The clause types of the syntax tree follow from it.
 *
 * @throws TypeError when the schema contradicts itself, so that the mistake shows at start-up.
 *
 * @example
 * const schema = defineFilterSchema({
 *   status: { kind: 'enum', values: ['sent', 'failed'], operators: ['eq', 'ne', 'in', 'notIn'] },
 *   created_at: { kind: 'time', operators: ['gte', 'lt'] },
 * })
 */
export function defineFilterSchema<const D extends FieldDefinitions>(
  fields: D,
  options: { readonly maxLength?: number } = {},
): FilterSchema<D> {
  for (const [name, definition] of Object.entries<FieldDefinition>(fields)) checkField(name, definition)
  return { fields, maxLength: options.maxLength ?? DEFAULT_MAX_LENGTH }
}

function checkField(name: string, definition: FieldDefinition): void {
  if (name === '' || /[[\]]/.test(name) || !name.isWellFormed()) {
    throw new TypeError(`A filter field cannot be named ${JSON.stringify(name)}: brackets enclose the names.`)
  }
  if (definition.operators.length === 0) throw new TypeError(`The filter field "${name}" takes no operator.`)
  if (definition.kind !== 'enum') return
  const texts = new Set(definition.values.map((value) => value.toLowerCase()))
  if (texts.size < definition.values.length || definition.values.length === 0) {
    throw new TypeError(
      `The values of the filter field "${name}" must be some that differ in more than case.`,
    )
  }
}
