import { createEngine } from '@waybill/engine'
import { SCOPES, type Scope } from '@waybill/runtime'
import { expect, test } from 'vitest'
import { createCallerViews, type ViewOf } from '../../src/access/caller-view.js'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { arrayProvider, sourceOf } from '../server/support/array-provider.js'

function viewsWith(...secrets: readonly string[]): ViewOf {
  const sources = ['octo', 'shop'].map((id) => sourceOf(id, arrayProvider()))
  return createCallerViews({ engine: createEngine({ sources }), sources, seal: createCursorSeal(secrets) })
}

const READ: readonly Scope[] = ['messages:read']
const CALLERS = [
  { scopes: new Set(SCOPES), sources: null },
  { scopes: new Set(READ), sources: null },
  { scopes: new Set(SCOPES), sources: new Set(['octo']) },
  { scopes: new Set(SCOPES), sources: new Set(['shop']) },
  { scopes: new Set(READ), sources: new Set(['shop']) },
]

test('the id of an event opens for callers with the same sources and the same right to content, and for no others', () => {
  const viewOf = viewsWith('a key for the ids of events')
  for (const holder of CALLERS) {
    const id = viewOf(holder).positions.seal('[["shop",7]]')
    for (const other of CALLERS) {
      const open = (): string => viewOf({ ...other }).positions.open(id)
      if (other === holder) expect(open()).toBe('[["shop",7]]')
      else expect(open).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }) as Error)
    }
  }
})

test('a new key seals, and the old one opens until it is removed', () => {
  const everybody = { scopes: new Set(SCOPES), sources: null }
  const positionsWith = (...secrets: readonly string[]): ReturnType<ViewOf>['positions'] =>
    viewsWith(...secrets)(everybody).positions
  const old = positionsWith('the old secret').seal('[]')
  const both = positionsWith('the new secret', 'the old secret')
  expect(both.open(old)).toBe('[]')
  expect(positionsWith('the new secret').open(both.seal('[]'))).toBe('[]')
  expect(() => positionsWith('the new secret').open(old)).toThrow(/^The cursor cannot be read/)
})
