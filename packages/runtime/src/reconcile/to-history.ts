import type { ArchiveRecord, Message } from '@waybill/core'
import { type HistoryMessage, toHistoryMessage } from '@waybill/reconcile'
import { encodeGlobalId } from '../history/global-id.js'
import type { ComparedSource } from './compared-source.js'

/** The messages that were sent, received ones left out, as far as they are compared, with what the archive knows of them. */
export async function toHistory(
  messages: readonly Message[],
  { source, archive, withContent }: ComparedSource,
): Promise<HistoryMessage[]> {
  const sent = messages.filter(({ direction }) => direction !== 'INBOUND')
  const ids = sent.map(({ upstreamId }) => upstreamId)
  const records = archive === null ? null : await archive.records(source.id, ids)
  return sent.map((message) => {
    const { upstreamId } = message
    const record = records?.get(upstreamId)
    const context = {
      id: encodeGlobalId({ type: 'Message', source: source.id, upstreamId }),
      source: source.id,
      deletedAt: record?.deletedAt,
    }
    return withContent
      ? toHistoryMessage(message, { ...context, pastTexts: pastTextsOf(record) })
      : toHistoryMessage({ ...message, ...NO_CONTENT }, context)
  })
}

function pastTextsOf(record: ArchiveRecord | undefined): readonly string[] | undefined {
  return record?.textHistory.flatMap(({ text }) => text ?? [])
}

/** A source lists fields unasked, and an archive always. */
const NO_CONTENT = { whatsappId: null, text: null, from: null, to: null, contact: null, raw: undefined }
