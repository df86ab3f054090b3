import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A way to a server that can be cut, as a network or a restart of that server would. */
export interface Severable {
  /** The server's URL by this way. */
  readonly url: string
  /** Ends all connections; new ones are ended at once. */
  cut(): void
  /** Keeps all connections, and lets nothing through any more, in either direction. */
  silence(): void
  /** Lets nothing more through those connections that are open now; new ones are as they were. */
  freeze(): void
  /** Lets new connections through again; those that were silenced end. */
  restore(): void
}

/** A way that is open until the test ends. */
export async function severable(target: string): Promise<Severable> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  const frozen = new WeakSet<Socket>()
  let state: 'open' | 'cut' | 'silent' = 'open'
  // Whether somebody has ended his side is passed on like anything else, or not.
  const proxy = createServer({ allowHalfOpen: true }, (near) => {
    if (state === 'cut') {
      near.destroy()
      return
    }
    const far = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      const passes = (): boolean => state === 'open' && !frozen.has(from)
      from.on('data', (chunk) => passes() && to.write(chunk))
      from.on('end', () => passes() && to.end())
      from.on('error', () => undefined)
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
  })
  const end = (): void => {
    for (const socket of open) socket.destroy()
  }
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    end()
    proxy.close()
  })
  const url = new URL(target)
  url.port = String((proxy.address() as AddressInfo).port)
  return {
    url: url.href,
    cut: () => {
      state = 'cut'
      end()
    },
    silence: () => {
      state = 'silent'
    },
    freeze: () => {
      for (const socket of open) frozen.add(socket)
    },
    restore: () => {
      end()
      state = 'open'
    },
  }
}
