import { z } from 'zod'
import { configurationSchema } from './schema/configuration-schema.js'

/** The JSON Schema of a configuration file, for editors. Published as `config.schema.json`. */
export function configurationJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(configurationSchema, { target: 'draft-7', io: 'input' }), title: 'Waybill' }
}
