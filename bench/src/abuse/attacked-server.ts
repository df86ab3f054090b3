import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startWacrProcess } from '../upstream/wacr-process.ts'
import type { IdentityProvider } from './identity-provider.ts'

/** The token of the honest client, which the attackers do not have, and of the attackers. */
export const HONEST_TOKEN = 'bench-honest-token'
export const ATTACKER_TOKEN = 'bench-attacker-token'

/** The built server as a process of its own, over an archive of generated messages. */
export interface AttackedServer extends AsyncDisposable {
  /** Without a path. */
  readonly url: string
  readonly process: ChildProcess
  /** Its exit code, when it has ended. */
  readonly exited: Promise<number | null>
  /** The lines of its log so far. */
  readonly log: readonly string[]
  /** What is resident of the process now, in MiB. */
  rss(): Promise<number>
}

export interface AttackedServerOptions {
  /** How many messages the archive holds. */
  readonly messages: number
  /** Who else's tokens are taken. */
  readonly identityProvider?: IdentityProvider
}

const MAIN = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url))

/** Starts the server with the limits that it has by default, and waits until its archive is filled. */
export async function startAttackedServer({
  messages,
  identityProvider,
}: AttackedServerOptions): Promise<AttackedServer> {
  const upstream = await startWacrProcess({ count: messages, kind: 'generated' })
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'))
  const { url: baseUrl, token } = upstream.address
  const configuration = {
    server: {
      port: 0,
      auth: {
        bearerTokens: [HONEST_TOKEN, ATTACKER_TOKEN],
        ...(identityProvider !== undefined && { jwt: identityProvider.access }),
      },
    },
    sources: [
      { id: 'shop', provider: '@waybill/provider-wacr', options: { token, baseUrl } },
      { id: 'live', provider: '@waybill/provider-wacr', read: 'live', options: { token, baseUrl } },
    ],
    archive: { url: 'sqlite:archive.db' },
  }
  await writeFile(join(folder, 'waybill.config.json'), JSON.stringify(configuration))
  await fill(folder, messages)
  const { url, server, exited, log } = await start(folder)
  return {
    url,
    process: server,
    exited,
    log,
    rss: async () => residentOf(await readFile(`/proc/${server.pid}/status`, 'utf8')),
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGKILL')
      await exited
      await upstream[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Started {
  readonly url: string
  readonly server: ChildProcess
  readonly exited: Promise<number | null>
  readonly log: readonly string[]
}

async function start(cwd: string): Promise<Started> {
  const server = spawn(process.execPath, [MAIN, 'serve'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(server, 'close').then(([code]) => code as number | null)
  const log: string[] = []
  createInterface({ input: server.stderr }).on('line', (line) => log.push(line))
  return { url: await readyUrl(server.stdout), server, exited, log }
}

/** The first sync leaves garbage behind, so another process does it. */
async function fill(folder: string, messages: number): Promise<void> {
  const { url, server, exited } = await start(folder)
  await untilFilled(url, messages)
  server.kill('SIGTERM')
  await exited
}

function residentOf(status: string): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024
}

async function readyUrl(output: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    const url = /Waybill is ready at (http:\S+)\/graphql\n/.exec(text)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`The server did not start: ${text}`)
}

async function untilFilled(url: string, messages: number): Promise<void> {
  const query = '{ messages(first: 1, filter: { source: { eq: "shop" } }) { totalCount } }'
  for (;;) {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${HONEST_TOKEN}` },
      body: JSON.stringify({ query }),
    })
    const { data } = (await answer.json()) as { data?: { messages: { totalCount: number } } }
    if ((data?.messages.totalCount ?? 0) >= messages) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
