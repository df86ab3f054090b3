import type { Message } from '@waybill/core'
import type { SourceReport } from '@waybill/engine'
import type { ExportedMessage } from '../../src/fields.js'
import type { ReadPage } from '../../src/read/read-messages.js'
import type { TextFormat } from '../../src/text/text-format.js'
import { addReports } from '../../src/reports.js'

/** A message of the source `shop` that has nothing but what is given. */
export function exported(
  fields: Partial<Message> = {},
  archived: ExportedMessage['archived'] = null,
): ExportedMessage {
  const message: Message = {
    upstreamId: '1',
    whatsappId: null,
    direction: null,
    type: null,
    rawType: null,
    status: null,
    rawStatus: null,
    text: null,
    from: null,
    to: null,
    contact: null,
    interactionId: null,
    isRead: null,
    sentAt: Date.UTC(2026, 2, 29),
    failure: null,
    raw: {},
    ...fields,
  }
  return { source: 'shop', message, archived }
}

export const REPORT: SourceReport = {
  source: 'shop',
  outcome: 'OK',
  completeness: 'COMPLETE',
  holds: [],
  warnings: [],
  reachesBackTo: null,
  gaps: [],
  pushedDown: [],
  evaluatedLocally: [],
  upstreamRequests: 0,
  error: null,
}

interface PagesOptions {
  readonly size?: number
  readonly report?: SourceReport
  /** So many pages come at once with the one that follows them. Default: none. */
  readonly continued?: number
}

/** The pages in which an engine would list messages. */
export async function* inPages(
  messages: readonly ExportedMessage[],
  { size = 500, report = REPORT, continued = 0 }: PagesOptions = {},
): AsyncGenerator<ReadPage, void> {
  const reports = addReports([], [report])
  for (let at = 0; at === 0 || at < messages.length; at += size) {
    const end = Math.min(at + size, messages.length)
    const cursor = end < messages.length ? String(end) : null
    yield {
      messages: messages.slice(at, end),
      isContinued: cursor !== null && (at / size) % (continued + 1) < continued,
      reports,
      unexplained: 0,
      point: () => ({ cursor, messages: end, unexplained: 0, reports, total: null }),
    }
  }
}

/** A text file that is written at once. */
export function textFile({ head, line, lineEnd }: TextFormat, messages: readonly ExportedMessage[]): string {
  return head + messages.map((message) => line(message) + lineEnd).join('')
}

/** All bytes of a file. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const bytes of chunks) all.push(bytes)
  return Buffer.concat(all)
}
