import { z } from 'zod'
import { configurationSchema } from './schema/configuration-schema.js'

/** The JSON Schema of a configuration file, for editors. Published as `config.schema.json`. */
export function configurationJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configurationSchema, {
    target: 'draft-7',
    io: 'input',
    override: allowReferences,
  })
  return { ...schema, title: 'Waybill configuration' }
}

const REFERENCE = '|\\$\\{'

// What a text looks like once the environment's values are in place cannot be seen in the file.
// It is called twice for what is optional.
function allowReferences({ jsonSchema }: { jsonSchema: { pattern?: string | undefined } }): void {
  const { pattern } = jsonSchema
  if (pattern !== undefined && !pattern.endsWith(REFERENCE)) jsonSchema.pattern = pattern + REFERENCE
}
