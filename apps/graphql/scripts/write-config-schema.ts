// Writes config.schema.json, after a build.
import { writeFile } from 'node:fs/promises'
import { configurationJsonSchema } from '@waybill/runtime'

const file = new URL('../config.schema.json', import.meta.url)
await writeFile(file, JSON.stringify(configurationJsonSchema()))
