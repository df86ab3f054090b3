import type { Archive } from '@waybill/archive'

/** Why a server should not be sent requests. */
export interface Hindrance {
  readonly status: 'closing' | 'archive unavailable'
  /** What to do about it. */
  readonly reason: string
}

const CLOSING: Hindrance = { status: 'closing', reason: 'The server is stopping. Ask another one.' }
const NO_ARCHIVE: Hindrance = {
  status: 'archive unavailable',
  reason: 'The archive cannot be reached. Check archive.url and the database; the log has more.',
}

/** How long the archive may take to answer, in milliseconds. */
const PATIENCE_MS = 5000

/** Looks for a reason not to be sent requests; null where there is none. */
export async function findHindrance(closing: boolean, archive: Archive | null): Promise<Hindrance | null> {
  if (closing) return CLOSING
  if (archive === null) return null
  const deadline = AbortSignal.timeout(PATIENCE_MS)
  const late = new Promise<Hindrance>((resolve) => {
    deadline.addEventListener('abort', () => resolve(NO_ARCHIVE), { once: true })
  })
  const answered = archive.ping().then(
    () => null,
    () => NO_ARCHIVE,
  )
  return Promise.race([answered, late])
}
