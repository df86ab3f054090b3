const MEBIBYTE = 1024 * 1024

/** What a process holds at one moment, in MiB. */
export interface MemoryReading {
  /** Of the heap, what is reachable: read after a full garbage collection. */
  readonly heap: number
  /** Resident set: everything that the system keeps in memory for the process. */
  readonly rss: number
}

/**
 * Collects all garbage, and reads what is left.
 * @throws Error when the process was started without `--expose-gc`
 */
export function readMemory(): MemoryReading {
  if (globalThis.gc === undefined) throw new Error('Start the process with --expose-gc.')
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed / MEBIBYTE, rss: rss / MEBIBYTE }
}

/** The most that was ever resident of this process, in MiB. */
export function peakRss(): number {
  // The system counts it in KiB.
  return process.resourceUsage().maxRSS / 1024
}
