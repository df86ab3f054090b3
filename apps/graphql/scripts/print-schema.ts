import { writeFileSync } from 'node:fs'
import { printSchema } from 'graphql'
import { schema } from '../dist/schema/schema.js'

/** Writes the schema that is served to `schema.graphql`. Run it after a build: `node scripts/print-schema.ts`. */
writeFileSync(new URL('../schema.graphql', import.meta.url), `${printSchema(schema)}\n`)
