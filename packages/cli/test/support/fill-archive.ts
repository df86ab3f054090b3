import type { Message } from '@waybill/core'
import { lookInto } from './archives.js'

const BATCH = 2000
const BEGINNING = Date.UTC(2026, 0, 1)

/** Puts messages of the source `shop` into an archive, as a sync that has read all of them. @returns their ids */
export async function fillArchive(url: string, count: number): Promise<string[]> {
  const { store } = await lookInto(url)
  const lease = await store.acquire('shop', 'fixture', 60_000)
  if (lease === null) throw new Error('The lease is taken')
  const ids = Array.from({ length: count }, (_, index) => String(index + 1))
  const observedAt = Date.now()
  for (let start = 0; start < count; start += BATCH) {
    const messages = ids.slice(start, start + BATCH).map((id) => messageOf(id))
    await store.commit({ lease, observedAt, messages })
  }
  await store.commit({
    lease,
    observedAt,
    messages: [],
    coverage: [{ from: 0, to: observedAt }],
    progress: { lastSyncedAt: observedAt, pollIntervalMs: 600_000, lastError: null },
  })
  await store.release(lease)
  return ids
}

function messageOf(upstreamId: string): Message {
  return {
    upstreamId,
    whatsappId: `wamid.${upstreamId}`,
    direction: Number(upstreamId) % 3 === 0 ? 'INBOUND' : 'OUTBOUND',
    type: 'TEXT',
    rawType: 'text',
    status: Number(upstreamId) % 4 === 0 ? 'FAILED' : 'READ',
    rawStatus: null,
    text: `Message ${upstreamId}, "with" commas\r\nand lines`,
    from: null,
    to: '+14155552671',
    interactionId: null,
    isRead: null,
    // Several share a time.
    sentAt: BEGINNING + Math.floor(Number(upstreamId) / 3) * 1000,
    failure: null,
    raw: { id: upstreamId },
  }
}
