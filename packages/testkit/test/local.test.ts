import { describe, expect, it } from 'vitest'
import { conformanceCases, ConformanceFailure, registerConformance } from '../src/index.js'
import { localWorld, type LocalFlaw } from './support/local-world.js'
import { runCase } from './support/run-case.js'

describe('a provider without HTTP requests', () => {
  registerConformance({ describe, it }, localWorld())
})

it('has no cases on requests, their failures, or a configuration', () => {
  const kinds = new Set(conformanceCases(localWorld()).map(({ name }) => name.split(':')[0]))
  expect(kinds).not.toContain('error')
  expect(kinds).not.toContain('body')
  expect(kinds).not.toContain('options')
})

it('is not taken for one whose failures cannot be seen', () => {
  expect(() => conformanceCases({ ...localWorld(), requests: () => 0 })).toThrow(TypeError)
  expect(() => conformanceCases({ ...localWorld(), fail: () => undefined })).toThrow(TypeError)
})

const FLAWS: readonly (readonly [provider: string, name: string, flaw: LocalFlaw])[] = [
  [
    'finds another form of a message',
    'find: agrees with list',
    ({ find }) => ({
      find: async (id) => {
        const found = (await find?.(id)) ?? null
        return found === null ? null : { ...found, raw: null }
      },
    }),
  ],
  [
    'finds something for every id',
    'find: null for an id that nothing has',
    ({ find }, rows) => ({
      find: async (id) => (await find?.(id)) ?? (await find?.(String(rows()[0]?.number))) ?? null,
    }),
  ],
  [
    'finds what nobody wants any more',
    'abort: before the call',
    ({ find }) => ({
      find: async (id) => (await find?.(id)) ?? null,
    }),
  ],
  [
    'lists its gaps in any order',
    'history: of no rows',
    () => ({
      history: async () => ({
        reachesBackTo: null,
        gaps: [
          { from: 9, to: 10 },
          { from: 1, to: 2 },
        ],
      }),
    }),
  ],
  [
    'has gaps beyond its reach',
    'history: of several rows',
    () => ({
      history: async () => ({ reachesBackTo: 1000, gaps: [{ from: 900, to: 1100 }] }),
    }),
  ],
  [
    'looks at one party only',
    'filter: phone eq',
    ({ list }) => ({
      list: (request, call) => {
        const filter = request.filter.map((clause) =>
          clause.field === 'phone' ? { ...clause, field: 'from' as const } : clause,
        )
        return list({ ...request, filter }, call)
      },
    }),
  ],
  [
    'takes any text for a cursor',
    'cursor: refuses a foreign cursor',
    ({ list }) => ({
      list: (request, call) => {
        const { page } = request
        const known = page.kind === 'cursor' && /^\d+-\d+$/.test(page.after ?? '')
        return list(
          { ...request, page: page.kind === 'cursor' && !known ? { ...page, after: null } : page },
          call,
        )
      },
    }),
  ],
  [
    'announces requests that it does not send',
    'attempts: none',
    ({ list }) => ({
      list: (request, call) => {
        call?.beforeAttempt?.()
        return list(request, call)
      },
    }),
  ],
]

it.each(FLAWS)('fails a provider that %s: %s', async (_provider, name, flaw) => {
  await expect(runCase(localWorld(flaw), name)).rejects.toThrow(ConformanceFailure)
})
