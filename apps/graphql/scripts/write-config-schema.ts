// Writes config.schema.json from the built server.
import { writeFile } from 'node:fs/promises'
import { configurationJsonSchema } from '../dist/config/json-schema.js'

const file = new URL('../config.schema.json', import.meta.url)
await writeFile(file, JSON.stringify(configurationJsonSchema()))
