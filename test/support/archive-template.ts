import pg from 'pg'

/** The database that the tests' archives are copies of. */
export const TEMPLATE = 'archive_template'

/** Makes an archive with all its tables, those of the queue too: copying it costs far less than making another one. */
export async function createTemplate(serverUrl: string): Promise<void> {
  // Only the process that makes it needs the archive's own code: whoever copies it does not load it.
  const { createSync, openArchive } = await import('../../packages/archive/src/index.js')
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${TEMPLATE}`
  const archive = await openArchive({ url: url.href })
  const sync = createSync({ archive, sources: [] })
  await sync.watch(AbortSignal.abort())
  await sync.close()
  await archive.close()
}
