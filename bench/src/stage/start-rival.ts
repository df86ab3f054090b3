import { startChild } from '../measure/child.ts'
import type { Running } from './running.ts'

/** Starts one of the servers in `src/rivals`, which says where it listens. */
export async function startRival(
  file: string,
  argument: unknown,
  environment: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const child = startChild(new URL(`../rivals/${file}`, import.meta.url), argument, undefined, environment)
  const { url } = (await child.next()) as { readonly url: string }
  return { url, pid: child.pid, [Symbol.asyncDispose]: () => child.end() }
}
