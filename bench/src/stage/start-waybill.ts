import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Running } from './running.ts'

const BUNDLE = fileURLToPath(new URL('../../../apps/graphql/dist/main.js', import.meta.url))

/**
 * Starts the server as an operator does: by its command, from a configuration, with its log in a file.
 *
 * @param folder where configuration and log are written
 * @param configuration as in the documentation; the port is any free one
 * @param main the program that is run
 */
export async function startWaybill(
  folder: string,
  { server, ...configuration }: Readonly<Record<string, unknown>> & { readonly server?: object },
  environment: NodeJS.ProcessEnv = {},
  main = BUNDLE,
): Promise<Running> {
  const own = await mkdtemp(join(folder, 'server-'))
  const file = join(own, 'waybill.config.json')
  await writeFile(file, JSON.stringify({ ...configuration, server: { ...server, port: 0 } }))
  const log = openSync(join(own, 'log.ndjson'), 'w')
  const child = spawn(process.execPath, [main, '--config', file], {
    stdio: ['ignore', 'pipe', log],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  })
  closeSync(log)
  const exited = once(child, 'exit')
  if (child.stdout === null) throw new Error('The server has no standard output.')
  const url = await Promise.race([
    addressIn(createInterface({ input: child.stdout })),
    failureOf(exited, own),
  ])
  return {
    url,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await exited
    },
  }
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const url = /^Waybill is ready at (http:\S+)\/graphql$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The server ended its output before it was ready.')
}

async function failureOf(exited: Promise<unknown>, folder: string): Promise<never> {
  await exited
  throw new Error(`The server did not start; its log is in ${folder}.`)
}
