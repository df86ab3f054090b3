import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateWacrRows, startWacrEmulator } from '@waybill/emulators'
import type { TestProject } from 'vitest/node'
import { programEnvironment } from '../../../../../test/support/program.js'
import { SERVER_TOKEN, WACR_TOKEN } from '../../server/support/secrets.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The built server, which all tests of real clients use. */
    readonly builtServer: BuiltServer
  }
}

/** The built server as a process of its own. Queries need `SERVER_TOKEN`. */
export interface BuiltServer {
  /** Of the GraphQL endpoint. */
  readonly url: string
  /** How many messages its one source has. */
  readonly messageCount: number
  /** A server of plain pages, whose origin is configured. Under the name `localhost` it is another origin. */
  readonly appOrigin: string
  /** A persisted document: its id and its text. */
  readonly document: { readonly id: string; readonly text: string }
}

const MAIN = fileURLToPath(new URL('../../../dist/main.js', import.meta.url))
const MESSAGES = 120
const DOCUMENT = { id: 'newest', text: 'query Newest { messages(first: 1) { nodes { upstreamId } } }' }

/** Starts the built server once for a run, and stops it after the last test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const rows = generateWacrRows({ count: MESSAGES, seed: 5, endAt: Date.now() })
  const upstream = await startWacrEmulator({ token: WACR_TOKEN, rows })
  const pages = await servePages()
  const appOrigin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
  const folder = await mkdtemp(join(tmpdir(), 'waybill-built-'))
  await writeFile(join(folder, 'documents.json'), JSON.stringify({ [DOCUMENT.id]: DOCUMENT.text }))
  await writeFile(
    join(folder, 'waybill.config.json'),
    JSON.stringify({
      server: {
        port: 0,
        auth: { bearerTokens: [SERVER_TOKEN] },
        cors: { origins: [appOrigin] },
        graphql: { documents: 'prefer', documentsFile: 'documents.json' },
      },
      sources: [
        {
          id: 'shop',
          provider: '@waybill/provider-wacr',
          options: { token: WACR_TOKEN, baseUrl: upstream.url },
        },
      ],
    }),
  )
  const server = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: programEnvironment(folder),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = once(server, 'exit')
  const url = await readyUrl(server.stdout, exited)
  project.provide('builtServer', { url, messageCount: MESSAGES, appOrigin, document: DOCUMENT })
  return async () => {
    server.kill('SIGTERM')
    await exited
    pages.close()
    await upstream.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function readyUrl(output: AsyncIterable<Buffer>, exited: Promise<unknown>): Promise<string> {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    const url = /^Waybill is ready at (http:\S+)\n/m.exec(text)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`The built server ended with ${JSON.stringify(await exited)}.`)
}

async function servePages(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
