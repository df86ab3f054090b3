import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A temporary folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** Puts a package into a folder's `node_modules`, the way an installation would. */
export async function installPackage(folder: string, name: string, code: string): Promise<void> {
  const place = join(folder, 'node_modules', name)
  await mkdir(place, { recursive: true })
  const manifest = { name, version: '1.0.0', type: 'module', exports: { import: './index.js' } }
  await writeFile(join(place, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(place, 'index.js'), code)
}

/** A third party's provider: wants a `token`, refuses every other option, and lists what the given code makes. */
export function acmeProvider(list: string): string {
  return `
class ConfigurationError extends Error {
  code = 'INVALID_CONFIGURATION'
  constructor(issues) {
    super('invalid')
    this.issues = issues
  }
}

export default function acme(options, context) {
  const issues = []
  if (typeof options.token !== 'string') issues.push({ path: ['token'], expected: 'a token', found: 'nothing' })
  for (const name of Object.keys(options)) {
    if (name !== 'token') issues.push({ path: [name], expected: 'an option that exists', found: JSON.stringify(options[name]) })
  }
  if (issues.length > 0) throw new ConfigurationError(issues)
  const absent = { domain: { kind: 'absent' } }
  return {
    name: '@acme/provider',
    context,
    capabilities: {
      paging: { kind: 'window', maxItems: 10 },
      fields: {
        status: absent, type: absent, direction: absent, interactionId: absent, from: absent, to: absent,
        sentAt: { domain: { kind: 'time' } },
      },
      search: 'none',
      sorts: [{ field: 'createdAt', direction: 'desc' }],
      sparseFields: false,
      totals: 'never',
      maxSkewMs: 0,
    },
    async list() {
      ${list}
    },
  }
}
`
}

/** The same with nothing to list. */
export const ACME_PROVIDER: string = acmeProvider('return { messages: [], parameters: [] }')
