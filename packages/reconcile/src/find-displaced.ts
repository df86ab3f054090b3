import { WaybillError } from '@waybill/core'
import type { LogEntry } from './entry.js'
import type { HistoryMessage } from './history-message.js'
import { append } from './match/message-index.js'
import { type ReconcileOptions, readOptions } from './options.js'

/** Identifiers of messages that are asked for at once. */
export interface IdentifierQuery {
  /** Upstream ids, of any source. */
  readonly ids: readonly string[]
  readonly whatsappIds: readonly string[]
}

/** Returns the messages with any of the identifiers; those that there are not are left out. */
export type FindMessages = (query: IdentifierQuery) => Promise<readonly HistoryMessage[]>

const BATCH = 500

/** More than this is no exception, and is not held in memory. */
const MOST_DISPLACED = 100_000

/**
 * Finds the messages that an entry names by `id` or `whatsappId` and that were sent outside of its window, for
 * `ReconcileOptions.displaced`. Reads the log once, and asks for up to 500 entries at a time. Without it, identifiers are
 * looked for within the window alone. It is worth its cost where looking up by id is cheap, as it is in an archive.
 *
 * @returns by the entry's place; entries without a time are left out.
 * @throws WaybillError BAD_USER_INPUT for more than 100,000 of them: then the log's times are wrong.
 */
export async function findDisplaced(
  entries: AsyncIterable<LogEntry> | Iterable<LogEntry>,
  find: FindMessages,
  options: Pick<ReconcileOptions, 'window'> = {},
): Promise<Map<number, HistoryMessage>> {
  const { window } = readOptions({ ...options, now: 0, doubts: [] })
  const displaced = new Map<number, HistoryMessage>()
  const isWithin = ({ sentAt }: HistoryMessage, at: number): boolean =>
    sentAt >= at - window.beforeMs && sentAt <= at + window.afterMs

  const ask = async (batch: readonly LogEntry[]): Promise<void> => {
    const named = await findNamed(batch, find)
    for (const entry of batch) {
      const [message, ...others] = named(entry)
      const { at } = entry
      if (message === undefined || at === null || [message, ...others].some((each) => isWithin(each, at)))
        continue
      displaced.set(entry.entry, message)
    }
    if (displaced.size <= MOST_DISPLACED) return
    const [entry, message] = [...displaced][0] ?? []
    throw new WaybillError(
      'BAD_USER_INPUT',
      `More than ${MOST_DISPLACED} messages were sent outside of their entry's window (entry ${entry}: ${message?.upstreamId}). ` +
        'Check the time zone of the log, or widen the window.',
    )
  }

  let batch: LogEntry[] = []
  for await (const entry of entries) {
    if (entry.at === null || ((entry.id ?? '') === '' && (entry.whatsappId ?? '') === '')) continue
    batch.push(entry)
    if (batch.length < BATCH) continue
    await ask(batch)
    batch = []
  }
  if (batch.length > 0) await ask(batch)
  return displaced
}

/** The messages that an entry names: by id, or else by WhatsApp id. */
async function findNamed(
  batch: readonly LogEntry[],
  find: FindMessages,
): Promise<(entry: LogEntry) => readonly HistoryMessage[]> {
  const byId = new Map<string, HistoryMessage[]>()
  const byWhatsappId = new Map<string, HistoryMessage[]>()
  const messages = await find({
    ids: distinct(batch.map(({ id }) => id)),
    whatsappIds: distinct(batch.map(({ whatsappId }) => whatsappId)),
  })
  for (const message of messages) {
    append(byId, message.upstreamId, message)
    if (message.whatsappId !== null) append(byWhatsappId, message.whatsappId, message)
  }
  return ({ id, whatsappId }) =>
    byId.get(id?.trim() ?? '') ?? byWhatsappId.get(whatsappId?.trim() ?? '') ?? []
}

function distinct(values: readonly (string | null | undefined)[]): string[] {
  const filled = values.map((value) => value?.trim() ?? '').filter((value) => value !== '')
  return [...new Set(filled)]
}
