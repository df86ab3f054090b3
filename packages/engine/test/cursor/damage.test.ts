import { WaybillError } from '@waybill/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/index.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { wacrRows } from '../support/wacr-rows.js'

const QUERY = { first: 5 }
const SEED = 77

async function startBoth(): Promise<{ readonly engine: Engine; readonly cursors: readonly string[] }> {
  const shop = await startWacr('shop', { rows: wacrRows(40) })
  const octo = await startOctopods('octo', { rows: octopodsRows(40) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const { edges } = await engine.messages(QUERY)
  return { engine, cursors: edges.map(({ cursor }) => cursor) }
}

/** What an engine makes of a cursor: nothing but a page, or a refusal that says why. */
async function judge(engine: Engine, after: string): Promise<'page' | 'refused'> {
  try {
    await engine.messages({ ...QUERY, after })
    return 'page'
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error
    expect(error.code).toBe('INVALID_CURSOR')
    expect(error.message).toMatch(/^The cursor (cannot be read: \S|belongs to another query|does not fit)/)
    return 'refused'
  }
}

it('refuses ten thousand damaged cursors, each with a reason', async () => {
  const { engine, cursors } = await startBoth()
  const cursor = fc.constantFrom(...cursors)
  const place = fc.nat({ max: 2000 })
  const damaged = fc.oneof(
    fc
      .tuple(cursor, place, fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }))
      .map(([text, at, junk]) => {
        const index = at % text.length
        return text.slice(0, index) + junk + text.slice(index + 1)
      }),
    fc.tuple(cursor, place).map(([text, at]) => text.slice(0, at % text.length)),
    fc.tuple(cursor, place).map(([text, at]) => text.slice(1 + (at % text.length))),
    fc.tuple(cursor, cursor).map(([a, b]) => a + b),
    fc.tuple(cursor, fc.constantFrom('=', ' ', '\n', '%3D')).map(([text, end]) => text + end),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.base64String({ maxLength: 300 }),
    fc.constantFrom('', '0', 'null', 'YXJyYXljb25uZWN0aW9uOjU=', 'x'.repeat(100_000)),
  )
  await fc.assert(
    fc.asyncProperty(damaged, async (text) => {
      fc.pre(!cursors.includes(text))
      expect(await judge(engine, text)).toBe('refused')
    }),
    { numRuns: 10_000, seed: SEED },
  )
})

it('refuses a cursor of another engine', async () => {
  const { cursors } = await startBoth()
  const other = await startWacr('elsewhere', { rows: wacrRows(5) })
  const engine = createEngine({ sources: [other.source] })
  for (const cursor of cursors) expect(await judge(engine, cursor)).toBe('refused')
})
