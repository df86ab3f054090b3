import { WaybillError } from '@waybill/core'
import { lookUpIn, type LookUpOptions } from './look-up.js'
import type { WorkStore } from './work-store.js'

/** Entries that stay without a time are held in memory while a log is compared. */
const MOST_UNTIMED = 200_000

const ALL_TIME = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/**
 * Gives entries without a time that of the one message that they name, so that they take their place in the order of time.
 *
 * @returns whether there are entries left that may be about any message.
 * @throws WaybillError BAD_USER_INPUT where more are left than can be held.
 */
export async function giveTimes(store: WorkStore, options: LookUpOptions): Promise<boolean> {
  if (store.outline().untimed === 0) return false
  const find = lookUpIn(store, ALL_TIME, options)
  let isWhole = options.sources.some(({ archive }) => archive === null)
  for (const page of store.named(false)) {
    options.signal.throwIfAborted()
    const ids = page.flatMap(({ id }) => id?.trim() ?? [])
    const whatsappIds = page.flatMap(({ whatsappId }) => whatsappId?.trim() ?? [])
    const messages = await find({ ids, whatsappIds })
    const byName = Map.groupBy(
      messages.flatMap((message) =>
        [message.upstreamId, ...(message.whatsappId === null ? [] : [message.whatsappId])].map((name) => ({
          name,
          message,
        })),
      ),
      ({ name }) => name,
    )
    store.atomically(() => {
      for (const { entry, id, whatsappId } of page) {
        const named = byName.get(id?.trim() ?? '') ?? byName.get(whatsappId?.trim() ?? '') ?? []
        const [only] = named
        if (only !== undefined && named.length === 1) store.setTime(entry, only.message.sentAt)
        else isWhole ||= (id ?? null) === null
      }
    })
  }
  const { untimed } = store.outline()
  if (untimed > MOST_UNTIMED)
    throw new WaybillError(
      'BAD_USER_INPUT',
      `${untimed} entries have no time, and their messages are not known: give the log a column with the time (--map at=COLUMN).`,
    )
  return isWhole && untimed > 0
}
