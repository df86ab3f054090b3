import { write, writeSync } from 'node:fs'

/** How many bytes may wait for a reader of the log that does not keep up. What comes beyond that is dropped. */
const MOST_WAITING = 1024 * 1024
const FULL_PIPE_PAUSE_MS = 100
/** A busy log is written this seldom: a write costs as much as a dozen lines. */
const PAUSE_MS = 20

/**
 * Writes lines to a file descriptor in the background, those that come during a write and shortly after it together. Nobody waits
 * for a line, and a slow or stopped reader does not stop the process. What is left is written when the process exits.
 *
 * @param describeDropped a line about lines that were dropped, written as soon as there is room
 */
export function createBackgroundWriter(
  fd: number,
  describeDropped: (count: number) => string,
): (line: string) => void {
  let waiting = ''
  let dropped = 0
  /** What is being written, or could not be; empty when there is none. */
  let current: Buffer = Buffer.alloc(0)
  let isWriting = false
  let isPausing = false

  function pause(): void {
    isPausing = true
    setTimeout(() => {
      isPausing = false
      next()
    }, PAUSE_MS).unref()
  }

  function next(): void {
    if (isWriting || isPausing) return
    if (current.length === 0) {
      if (dropped > 0) waiting += describeDropped(dropped)
      dropped = 0
      if (waiting === '') return
      current = Buffer.from(waiting)
      waiting = ''
    }
    isWriting = true
    write(fd, current, (error, written) => {
      isWriting = false
      if (error === null) {
        current = current.subarray(written)
        if (current.length > 0) next()
        else pause()
      } else if (error.code === 'EAGAIN') setTimeout(next, FULL_PIPE_PAUSE_MS).unref()
      // A log that cannot be written (its disk is full, its reader is gone) must not end the process: the next line tries again.
    })
  }

  process.once('exit', () => {
    try {
      writeSync(fd, isWriting ? Buffer.from(waiting) : Buffer.concat([current, Buffer.from(waiting)]))
    } catch {
      // Nobody is left who could be told.
    }
  })

  return (line) => {
    if (current.length + waiting.length + line.length > MOST_WAITING) dropped += 1
    else waiting += line
    next()
  }
}
