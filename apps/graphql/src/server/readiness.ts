import type { Archive } from '@waybill/archive'

/** Why the server is not ready. */
export interface NotReadyReason {
  readonly status: 'closing' | 'archive unavailable'
  /** What to do about it. */
  readonly reason: string
}

const CLOSING: NotReadyReason = { status: 'closing', reason: 'The server is stopping. Use another one.' }
const NO_ARCHIVE: NotReadyReason = {
  status: 'archive unavailable',
  reason: 'The archive cannot be reached. Check archive.url and the database; the log has more.',
}

/** How long the archive may take to answer, in milliseconds. */
const PATIENCE_MS = 5000

/**
 * Makes the check why the server should not be sent requests now; null where it is ready. Whoever asks while the archive is being
 * asked waits for the same answer: everybody may ask, and each question takes a connection to the database.
 */
export function createReadiness(
  closing: AbortSignal,
  archive: Pick<Archive, 'ping'> | null,
): () => Promise<NotReadyReason | null> {
  let asking: Promise<NotReadyReason | null> | null = null
  return async () => {
    if (closing.aborted) return CLOSING
    if (archive === null) return null
    asking ??= ask(archive).finally(() => {
      asking = null
    })
    return asking
  }
}

async function ask(archive: Pick<Archive, 'ping'>): Promise<NotReadyReason | null> {
  const deadline = AbortSignal.timeout(PATIENCE_MS)
  const late = new Promise<NotReadyReason>((resolve) => {
    deadline.addEventListener('abort', () => resolve(NO_ARCHIVE), { once: true })
  })
  const answered = archive.ping().then(
    () => null,
    () => NO_ARCHIVE,
  )
  return Promise.race([answered, late])
}
