import type { ExportChunk, SourceSummary } from '@waybill/export'

/** A file whose first messages were read. */
export interface BegunFile {
  /** All of its bytes. */
  readonly chunks: AsyncGenerator<Uint8Array, void>
  /** What is known of the sources by now. */
  readonly reports: readonly SourceSummary[]
  /** Ends the reading, wherever it is. */
  close(): Promise<void>
}

/** Does the next step of the reading, when it may be done. */
export type ReadStep = (
  read: () => Promise<IteratorResult<ExportChunk, void>>,
) => Promise<IteratorResult<ExportChunk, void>>

/**
 * Reads a file up to the chunk that follows its first page of messages.
 * @throws whatever fails until then.
 */
export async function beginReading(
  file: AsyncGenerator<ExportChunk, void>,
  step: ReadStep,
): Promise<BegunFile> {
  const first: Uint8Array[] = []
  let reports: readonly SourceSummary[] = []
  // What a format begins with comes before the first page.
  while (reports.length === 0) {
    const next = await step(() => file.next())
    if (next.done === true) break
    first.push(next.value.bytes)
    reports = next.value.point.reports
  }
  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    yield* first
    for (;;) {
      const next = await step(() => file.next())
      if (next.done === true) return
      reports = next.value.point.reports
      yield next.value.bytes
    }
  }
  return {
    chunks: chunks(),
    get reports() {
      return reports
    },
    close: async () => {
      await file.return()
    },
  }
}
