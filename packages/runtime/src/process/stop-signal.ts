import { constants } from 'node:os'

/** The part of a process that signals go through. */
export type SignalHost = Pick<NodeJS.Process, 'on' | 'exit'>

// Ctrl+C reaches every process of a terminal, and npm and pnpm pass it on to their child once more.
const ECHO_MS = 100

/** Waits for SIGTERM or SIGINT. From then on another one ends the process at once. */
export function stopSignal(host: SignalHost): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined
    const receive = (signal: 'SIGTERM' | 'SIGINT'): void => {
      if (first === undefined) {
        first = performance.now()
        resolve(signal)
      } else if (performance.now() - first > ECHO_MS) {
        host.exit(128 + constants.signals[signal])
      }
    }
    host.on('SIGTERM', receive)
    host.on('SIGINT', receive)
  })
}
