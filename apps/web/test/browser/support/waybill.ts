import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type OctopodsEmulator,
  type OctopodsRow,
  startOctopodsEmulator,
  startWacrEmulator,
  type WacrEmulator,
  type WacrRow,
} from '@waybill/emulators'
import { root } from '../../../../../test/support/workspace.ts'

const MAIN = join(root, 'apps/graphql/dist/main.js')

/** The built server as a process of its own, over both emulated upstreams. */
export interface RunningWaybill extends AsyncDisposable {
  readonly url: string
  readonly octopods: OctopodsEmulator
  readonly wacr: WacrEmulator
  /** Ends the server and leaves the upstreams. */
  stop(): Promise<void>
  /** Starts it again at the same address. */
  start(): Promise<void>
}

export interface WaybillOptions {
  readonly octopods?: readonly OctopodsRow[]
  readonly wacr?: readonly WacrRow[]
  /** Whether an archive follows both. Default: yes. */
  readonly isArchived?: boolean
  /** The section `server` of the configuration, without the port. */
  readonly server?: Readonly<Record<string, unknown>>
}

/** Starts the server, with the sources `octo` and `shop`. */
export async function startWaybill(options: WaybillOptions = {}): Promise<RunningWaybill> {
  const { octopods: octopodsRows = [], wacr: wacrRows = [], isArchived = true, server = {} } = options
  const [octopods, wacr, folder] = await Promise.all([
    startOctopodsEmulator({ rows: [...octopodsRows] }),
    startWacrEmulator({ rows: [...wacrRows] }),
    mkdtemp(join(tmpdir(), 'waybill-web-')),
  ])
  const sync = { minPollSeconds: 0.2, maxPollSeconds: 0.5, maxStalenessSeconds: 5 }
  const common = { limits: { retries: 0, attemptTimeoutSeconds: 2 }, ...(isArchived && { sync }) }
  const configure = (port: number): Promise<void> =>
    writeFile(
      join(folder, 'waybill.config.json'),
      JSON.stringify({
        server: { host: '127.0.0.1', port, ...server },
        sources: [
          {
            id: 'octo',
            label: 'Octopods',
            provider: '@waybill/provider-octopods',
            options: { apiKey: octopods.settings.apiKey, baseUrl: octopods.url },
            ...common,
          },
          {
            id: 'shop',
            label: 'Shop',
            provider: '@waybill/provider-wacr',
            options: { token: wacr.settings.token, baseUrl: wacr.url },
            ...common,
          },
        ],
        ...(isArchived && { archive: { url: 'sqlite:waybill.db' } }),
      }),
    )
  await configure(0)
  let running = await run(folder)
  const url = running.url.replace(/\/graphql$/, '')
  return {
    url,
    octopods,
    wacr,
    stop: () => running.stop(),
    start: async () => {
      await configure(Number(new URL(url).port))
      running = await run(folder)
    },
    [Symbol.asyncDispose]: async () => {
      await running.stop()
      await Promise.all([octopods.close(), wacr.close()])
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function run(cwd: string): Promise<{ url: string; stop(): Promise<void> }> {
  const cache = process.env['NODE_COMPILE_CACHE']
  const child = spawn(process.execPath, [MAIN], {
    cwd,
    env: { TMPDIR: cwd, ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const found = /^Waybill is ready at (http:\S+)\n/m.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    })
    void exited.then(([code]) => reject(new Error(`The server exited with ${code}: ${errors}`)))
  })
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
