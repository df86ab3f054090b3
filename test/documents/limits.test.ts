import { expect, it } from 'vitest'
import { trackedFiles } from '../support/tracked-files.js'

interface Limit {
  readonly default?: number
}

it('the configuration guide lists every limit of the server with its default, and no other', () => {
  const [guide] = trackedFiles(/^docs\/guides\/configuration\.md$/)
  const [schema] = trackedFiles(/^apps\/graphql\/config\.schema\.json$/)
  const section = guide?.text.split('### `server.limits`')[1]?.split('\n## ')[0] ?? ''
  const listed = [...section.matchAll(/^\| `(\w+)` +\|[^|]+\| (\w+) +\|$/gm)].map(([, name, value]) => [
    name,
    value,
  ])
  const { properties } = JSON.parse(schema?.text ?? '{}') as {
    readonly properties: {
      readonly server: {
        readonly properties: { readonly limits: { readonly properties: Readonly<Record<string, Limit>> } }
      }
    }
  }
  const limits = Object.entries(properties.server.properties.limits.properties)
  expect(listed.filter(([name]) => name !== 'limits')).toEqual(
    limits.map(([name, limit]) => [name, String(limit.default ?? 'none')]),
  )
})
