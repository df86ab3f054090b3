import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as launcher } from 'playwright-core'

/** A headless Chromium and what to do when it is no longer needed. */
export interface LaunchedBrowser {
  readonly browser: Browser
  close(): Promise<void>
}

const ARGUMENTS: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the Chromium that comes with an npm package. It runs as any user, the superuser included. */
export async function launchBrowser(): Promise<LaunchedBrowser> {
  const { result: browser, close } = await start((executablePath) =>
    launcher.launch({ executablePath, args: ARGUMENTS }),
  )
  return { browser, close }
}

/** A headless Chromium for several processes, which connect to its endpoint. */
export interface SharedBrowser {
  readonly endpoint: string
  close(): Promise<void>
}

/** Starts such a Chromium. */
export async function shareBrowser(): Promise<SharedBrowser> {
  const { result: server, close } = await start((executablePath) =>
    launcher.launchServer({ executablePath, args: ARGUMENTS }),
  )
  return { endpoint: server.wsEndpoint(), close }
}

interface Started<T> {
  readonly result: T
  close(): Promise<void>
}

async function start<T extends { close(): Promise<void> }>(
  launch: (executablePath: string) => Promise<T>,
): Promise<Started<T>> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-chromium-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const result = await launch(await unpackInto(folder))
    return {
      result,
      close: async () => {
        await result.close()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

// The package unpacks into the folder for temporary files, and takes what lies there for whole, even where another
// process was stopped in the middle of unpacking: so each gets a folder of its own.
async function unpackInto(folder: string): Promise<string> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    return await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
