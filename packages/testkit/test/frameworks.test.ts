import { describe as describeInNode, it as itInNode } from 'node:test'
import { describe, expectTypeOf, it } from 'vitest'
import type { TestFramework } from '../src/index.js'

describe('a test framework', () => {
  it('is what vitest and node:test export', () => {
    const vitest = { describe, it }
    const node = { describe: describeInNode, it: itInNode }
    expectTypeOf(vitest).toExtend<TestFramework>()
    expectTypeOf(node).toExtend<TestFramework>()
  })
})
