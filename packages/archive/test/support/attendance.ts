import { setTimeout as delay } from 'node:timers/promises'
import type { RequestRecord } from '@waybill/emulators'

/** What of an emulator tells who is asking. */
interface Observed {
  readonly onRequest: (listener: (record: RequestRecord) => void) => unknown
  readonly onSelected: (listener: (record: RequestRecord) => Promise<void>) => unknown
}

/** Which processes ask an upstream, and whether ever two of them did at once. */
export interface Attendance {
  /** The process of each request, in the order in which they came. */
  readonly asked: readonly number[]
  /** How many requests came while one of another process was under way. */
  readonly overlaps: number
  /** What is under way will not be answered any more. */
  forget(): void
}

/** How long each answer takes, in milliseconds: long enough for others to get in between. */
const ANSWER_MS = 40

/** Follows the requests to one upstream, of which each process has an address of its own. */
export function attend(addresses: readonly Observed[]): Attendance {
  const asked: number[] = []
  const underWay = new Map<RequestRecord, number>()
  let overlaps = 0
  for (const [process, { onRequest, onSelected }] of addresses.entries()) {
    onRequest((record) => {
      overlaps += [...underWay.values()].some((other) => other !== process) ? 1 : 0
      underWay.set(record, process)
      asked.push(process)
    })
    onSelected(async (record) => {
      await delay(ANSWER_MS)
      underWay.delete(record)
    })
  }
  return {
    asked,
    get overlaps() {
      return overlaps
    },
    forget: () => underWay.clear(),
  }
}
