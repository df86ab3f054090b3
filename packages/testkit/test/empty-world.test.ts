import type { ListResult } from '@waybill/core'
import { expect, it } from 'vitest'
import { conformanceCases } from '../src/index.js'
import { referenceProvider } from './support/reference-provider.js'
import { PAGINGS } from './support/reference-world.js'

/** What holds of nothing, too. For each there is another case that nothing cannot pass. */
const VACUOUS = [
  'declares: capabilities that hold together',
  'declares: its name',
  'options: left as they are',
  'list: no rows',
  'page: after the last page',
  'search: what is in no message',
  'search: a long text',
  'refuses or answers rightly: values of interactionId that its domain excludes',
  'get: null for an id that nothing has',
  'get: null where there is nothing at all',
  'get: null for what cannot be an id',
]
const EMPTY: Readonly<Record<keyof typeof PAGINGS, ListResult>> = {
  window: { messages: [], parameters: [] },
  page: { messages: [], parameters: [], page: { total: 0, pageSize: null, lastPage: null } },
  cursor: { messages: [], parameters: [], cursor: { cursors: [], hasNextPage: false, total: 0 } },
}

it.each(['window', 'page', 'cursor'] as const)(
  'passes next to nothing where nothing happens: %s',
  async (kind) => {
    const create = referenceProvider(PAGINGS[kind])
    const options = { key: 's3cret', baseUrl: 'http://upstream.example' }
    const cases = conformanceCases({
      create: (_options, context) => ({
        ...create(options, context),
        list: async () => EMPTY[kind],
        get: async () => null,
      }),
      options: {},
      secrets: [],
      reset: () => {},
      fail: () => {},
      requests: () => 0,
    })
    const passed: string[] = []
    for (const { name, run } of cases) {
      const passes = await run().then(
        () => true,
        () => false,
      )
      if (passes) passed.push(name)
    }
    expect(passed.filter((name) => !VACUOUS.includes(name))).toEqual([])
  },
)
