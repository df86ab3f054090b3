import { hash } from 'node:crypto'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import * as graphiql from '@graphql-yoga/render-graphiql/graphiql'

// Writes the files of GraphiQL, compressed and under names that contain a hash, into the build of the server. Loaded as a
// module, they would stay in the memory of every server that a browser has visited.
const target = fileURLToPath(new URL('../dist/graphiql/', import.meta.url))
const files = [
  ['graphiql', 'js', graphiql.js],
  ['graphiql', 'css', graphiql.css],
  ['editor-worker', 'js', graphiql.editorWorkerService],
  ['json-worker', 'js', graphiql.jsonWorker],
  ['graphql-worker', 'js', graphiql.graphqlWorker],
] as const

await rm(target, { recursive: true, force: true })
await mkdir(target)
for (const [name, extension, content] of files) {
  const compressed = await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION })
  await writeFile(`${target}${name}-${hash('sha256', content).slice(0, 16)}.${extension}.gz`, compressed)
}
const module = dirname(fileURLToPath(import.meta.resolve('@graphql-yoga/render-graphiql')))
await copyFile(`${module}/../LICENSE`, `${target}LICENSE`)
