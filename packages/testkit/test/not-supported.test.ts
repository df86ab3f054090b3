import { afterAll, describe, expect, it } from 'vitest'
import {
  conformanceCases,
  ConformanceFailure,
  registerConformance,
  type ConformanceWorld,
} from '../src/index.js'
import { recordingFramework } from './support/recording-framework.js'
import { startReferenceUpstream } from './support/reference-upstream.js'
import { PAGINGS, referenceWorld } from './support/reference-world.js'
import { runCase } from './support/run-case.js'

const CLOSES = 'abort: closes the connection'
const REASON = 'The upstream does not tell.'

const upstream = await startReferenceUpstream()

afterAll(() => upstream[Symbol.asyncDispose]())

function world(changes: Partial<ConformanceWorld> = {}): ConformanceWorld {
  return { ...referenceWorld(upstream, PAGINGS.page), ...changes }
}

/** A world that cannot show one thing, which the provider therefore cannot prove. */
function blindWorld(notSupported: Readonly<Record<string, string>>): ConformanceWorld {
  const { underWay: _untold, ...rest } = world({ notSupported })
  return rest
}

describe('a case that is not supported', () => {
  it('fails where it was not declared', async () => {
    await expect(runCase(blindWorld({}), CLOSES)).rejects.toThrow(ConformanceFailure)
  })

  it('runs, is shown to fail, and carries its reason', async () => {
    const cases = conformanceCases(blindWorld({ [CLOSES]: REASON }))
    expect(cases.filter(({ notSupported }) => notSupported !== null)).toMatchObject([
      { name: CLOSES, notSupported: REASON },
    ])
    await runCase(blindWorld({ [CLOSES]: REASON }), CLOSES)
  })

  it('is an error when it passes after all', async () => {
    const passing = world({ notSupported: { 'list: one row': REASON } })
    await expect(runCase(passing, 'list: one row')).rejects.toThrow(/take it out of notSupported/)
  })

  it('is an error when no case has that name', () => {
    const unknown = world({ notSupported: { 'list: one rows': REASON } })
    expect(() => conformanceCases(unknown)).toThrow(/"list: one rows"\. Did you mean "list: one row"\?/)
    expect(() => conformanceCases(world({ notSupported: { constructor: REASON } }))).toThrow(TypeError)
  })

  it('is an error without a reason', () => {
    expect(() => conformanceCases(world({ notSupported: { 'list: one row': ' ' } }))).toThrow(/no reason/)
  })
})

describe('registering', () => {
  it('makes one test of every case, and prints what is not supported with its reason', async () => {
    const framework = recordingFramework()
    const lines: string[] = []
    const blind = blindWorld({ [CLOSES]: REASON })
    registerConformance(framework, blind, (line) => void lines.push(line))
    const cases = conformanceCases(blind)
    expect(framework.tests.map(({ name }) => name)).toEqual(
      cases.map(({ name, notSupported }) =>
        notSupported === null ? name : `${name} (not supported: ${REASON})`,
      ),
    )
    expect(lines).toEqual([])
    await framework.tests.find(({ name }) => name.startsWith(CLOSES))?.run()
    expect(lines).toEqual([`not supported: ${CLOSES}: ${REASON}`])
  })

  it('gives every case a name of its own', () => {
    for (const paging of Object.values(PAGINGS)) {
      const names = conformanceCases(referenceWorld(upstream, paging)).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    }
  })
})
