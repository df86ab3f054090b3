import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'

/** How long a statement waits for another process that writes. */
const LONGEST_WAIT_MS = 5000
const PAUSE_MS = 20

/**
 * Runs a statement, again and again while another process keeps the database locked. SQLite could wait by itself, and would keep
 * this process from everything else meanwhile.
 */
export async function whileBusy<Result>(run: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + LONGEST_WAIT_MS
  for (;;) {
    try {
      return await run()
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!isBusy || performance.now() > deadline) throw error
      await sleep(PAUSE_MS)
    }
  }
}
