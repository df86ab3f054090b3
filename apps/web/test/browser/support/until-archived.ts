import { vi } from 'vitest'

/** Waits until the archive has that many messages of each source. */
export async function untilArchived(url: string, counts: Readonly<Record<string, number>>): Promise<void> {
  const query = '{ sources { key archive { messageCount } } }'
  const isArchived = async (): Promise<boolean> => {
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`)
    const { data } = (await response.json()) as { data: { sources: ArchivedSource[] } }
    return data.sources.every(({ key, archive }) => archive.messageCount === counts[key])
  }
  await vi.waitUntil(isArchived, { timeout: 60_000, interval: 50 })
}

interface ArchivedSource {
  readonly key: string
  readonly archive: { readonly messageCount: number }
}
