import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { acceptsGzip } from './media-type.js'
import { FOREVER } from './static-file.js'

/** GraphiQL's own files. They are megabytes, so they are compressed by the build, and read from the disk as they are sent. */
export interface GraphiQLFiles {
  readonly script: string
  readonly style: string
  /** By the name that the editor gives the worker. */
  readonly workers: Readonly<Record<'editorWorkerService' | 'json' | 'graphql', string>>
  /**
   * Null for an unknown name.
   * @param accepted the header `Accept-Encoding` of the request
   */
  send(name: string, accepted: string | null): Promise<Response | null>
}

/** Where the build puts them, as seen from this file's compiled form and from its source. */
const FOLDER = fileURLToPath(new URL('../../dist/graphiql/', import.meta.url))
const COMPRESSED = '.gz'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** @throws Error when they were not built */
export async function findGraphiQLFiles(): Promise<GraphiQLFiles> {
  const found = (await readdir(FOLDER))
    .filter((name) => name.endsWith(COMPRESSED))
    .map((name) => name.slice(0, -COMPRESSED.length))
  const known: ReadonlySet<string> = new Set(found)
  const find = (pattern: RegExp): string => {
    const name = found.find((candidate) => pattern.test(candidate))
    if (name === undefined) throw new Error(`The build has no file of GraphiQL like ${pattern.source}.`)
    return name
  }
  return {
    script: find(/^graphiql-.*\.js$/),
    style: find(/^graphiql-.*\.css$/),
    workers: {
      editorWorkerService: find(/^editor-worker-/),
      json: find(/^json-worker-/),
      graphql: find(/^graphql-worker-/),
    },
    send: async (name, accepted) => (known.has(name) ? sendFile(name, accepted) : null),
  }
}

async function sendFile(name: string, accepted: string | null): Promise<Response> {
  const path = `${FOLDER}${name}${COMPRESSED}`
  const headers = {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'cache-control': FOREVER,
    vary: 'accept-encoding',
  }
  if (!acceptsGzip(accepted))
    return new Response(bodyOf(createReadStream(path).pipe(createGunzip())), { headers })
  const { size } = await stat(path)
  return new Response(bodyOf(createReadStream(path)), {
    headers: { ...headers, 'content-encoding': 'gzip', 'content-length': String(size) },
  })
}

function bodyOf(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>
}
