import { afterAll, describe, it } from 'vitest'
import { registerConformance } from '../src/index.js'
import { startReferenceUpstream } from './support/reference-upstream.js'
import { PAGINGS, referenceWorld } from './support/reference-world.js'

const upstream = await startReferenceUpstream()

afterAll(() => upstream[Symbol.asyncDispose]())

// One after the other: the worlds share one upstream.
for (const [kind, paging] of Object.entries(PAGINGS)) {
  describe(`paging kind ${kind}`, () => {
    registerConformance({ describe, it }, referenceWorld(upstream, paging))
  })
}
