import { patientFetch } from '../api/server-fetch.js'
import { type ChosenLog, type FindingsFormat, reconcileParameters } from './log-mapping.js'

/** The file of a log has changed, or is gone, since it was chosen: the browser does not read it any more. */
export class ChangedFile extends Error {
  override readonly name = 'ChangedFile'
}

/**
 * Sends a log to be compared.
 *
 * @param format of the findings; null: NDJSON, which the page reads
 * @throws ChangedFile; whatever `fetch` throws
 */
export async function sendLog(
  log: ChosenLog,
  format: FindingsFormat | null,
  signal: AbortSignal,
): Promise<Response> {
  try {
    await log.file.slice(0, 1).arrayBuffer()
  } catch (error) {
    throw new ChangedFile('The file cannot be read any more', { cause: error })
  }
  return patientFetch(new URL(`reconcile${reconcileParameters(log, format)}`, document.baseURI), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: log.file,
    signal,
  })
}
