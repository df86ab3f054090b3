import type { Message } from '@waybill/core'
import { type HistoryMessage, toHistoryMessage } from '@waybill/reconcile'
import { encodeGlobalId } from '../history/global-id.js'
import type { ComparedSource } from './compared-source.js'

/** The messages that were sent, received ones left out, with what the archive knows of them beside. */
export async function toHistory(
  messages: readonly Message[],
  { source, archive }: ComparedSource,
): Promise<HistoryMessage[]> {
  const sent = messages.filter(({ direction }) => direction !== 'INBOUND')
  const ids = sent.map(({ upstreamId }) => upstreamId)
  const records = archive === null ? null : await archive.records(source.id, ids)
  return sent.map((message) => {
    const { upstreamId } = message
    const record = records?.get(upstreamId)
    return toHistoryMessage(message, {
      id: encodeGlobalId({ type: 'Message', source: source.id, upstreamId }),
      source: source.id,
      pastTexts: record?.pastTexts,
      deletedAt: record?.deletedAt,
    })
  })
}
