import { encodeFindings, type FindingFormat } from '@waybill/export'
import { agreementOf } from '@waybill/reconcile'
import { describeDefect, type Logger, type Reconciliation, type ReconcileChoices } from '@waybill/runtime'
import type { Exchange } from './exchange.js'
import { MAX_IDLE_MS, streamBody } from './stream-body.js'

/** The content type of each format. */
export const FINDING_CONTENT_TYPES: Readonly<Record<FindingFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** How findings are sent. */
export interface SentFindings {
  readonly format: FindingFormat
  readonly choices: ReconcileChoices
}

interface FindingsBodyOptions {
  readonly logger: Logger
  /** After how many milliseconds a client that takes nothing is given up. Default: a minute. */
  readonly maxIdleMs?: number | undefined
}

/**
 * The findings, read as the client takes them. What is kept on disk is removed when they end, when the client goes away, and
 * when it takes nothing for too long.
 */
export function streamFindings(
  reconciliation: Reconciliation,
  query: SentFindings,
  { id, signal }: Exchange,
  { logger, maxIdleMs = MAX_IDLE_MS }: FindingsBodyOptions,
): ReadableStream<Uint8Array> {
  return streamBody(bytesOf(reconciliation, query), {
    end: async () => reconciliation.close(),
    maxIdleMs,
    onBroken: (error) => {
      reconciliation.close()
      if (!signal.aborted)
        logger.warn('The findings of a log were broken off', { id, error: describeDefect(error) })
    },
  })
}

async function* bytesOf(
  reconciliation: Reconciliation,
  { format, choices }: SentFindings,
): AsyncGenerator<Uint8Array, void> {
  const { summary } = reconciliation
  const file = encodeFindings(reconciliation, {
    format,
    bom: true,
    timeZone: choices.log.timeZone ?? 'UTC',
    report: { summary, agreement: agreementOf(summary, choices.failOn) },
  })
  yield* inChunks(file)
  reconciliation.close()
}

/** How many bytes are sent at once. */
const CHUNK = 65_536

/** A workbook is made of many small pieces. */
async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    pieces.push(piece)
    size += piece.byteLength
    if (size < CHUNK) continue
    yield Buffer.concat(pieces)
    pieces = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(pieces)
}
