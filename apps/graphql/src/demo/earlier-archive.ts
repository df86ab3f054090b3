import { createSync, openArchive } from '@waybill/archive'
import { octopods, type OctopodsOptions } from '@waybill/provider-octopods'

/** The archive as a server has left it that was stopped some time ago. */
export interface EarlierArchive {
  readonly url: string
  /** What relative paths in the URL start from. */
  readonly folder: string
  /** The id of the source in the configuration. */
  readonly source: string
  readonly options: OctopodsOptions
  /** When the source was read, in milliseconds since the epoch. */
  readonly readAt: number
}

const POLL = { minPollMs: 1000, maxPollMs: 2000, maxStalenessMs: 5000 }

/**
 * Makes an archive, and reads a source into it once, with a clock that shows an earlier time. Whatever is missing in the
 * archive later is found by the sync itself, as in any other archive that was not kept up to date.
 * @throws WaybillError ARCHIVE_UNAVAILABLE if the archive cannot be opened.
 */
export async function makeEarlierArchive(earlier: EarlierArchive): Promise<void> {
  const { url, folder, source, options, readAt } = earlier
  const archive = await openArchive({ url, folder })
  const provider = octopods(options, { source })
  const sync = createSync({ archive, sources: [{ id: source, provider, poll: POLL }], now: () => readAt })
  try {
    await sync.once()
  } finally {
    await sync.close()
    await archive.close()
  }
}
