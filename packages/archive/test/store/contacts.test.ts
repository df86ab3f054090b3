import { type FilterClause, matchesFilter, type Message } from '@waybill/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../src/store/archive-store.js'
import { storeOf } from '../../src/open/archive.js'
import { contactsOf, withContacts } from '../support/contact-oracle.js'
import { ENGINES, type Place } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { type Fixture, openFixture } from '../support/open.js'
import { readAll } from '../support/read-list.js'

const RUNS = Number(process.env['WAYBILL_CONVERSATIONS'] ?? 25)
const SEED = Number(process.env['WAYBILL_SEED'] ?? 20260424)
const ALICE = '+14155552671'
const BOB = '+4915112345678'

/** Few conversations and few people, so that they meet, part and merge. */
const versions: fc.Arbitrary<Message> = fc
  .record({
    id: fc.integer({ min: 1, max: 12 }).map(String),
    direction: fc.constantFrom('INBOUND' as const, 'OUTBOUND' as const, 'OUTBOUND' as const, null),
    interactionId: fc.constantFrom('7', '7', '8', '9', '\uD83D', null),
    from: fc.constantFrom(ALICE, ALICE, ALICE, BOB, 'group@g.us', null),
    to: fc.constantFrom(null, null, null, ALICE, BOB),
  })
  .map(({ id, ...fields }) => message(id, fields))

const someId = fc.integer({ min: 1, max: 12 }).map(String)
const several = fc.uniqueArray(versions, {
  minLength: 1,
  maxLength: 6,
  selector: ({ upstreamId }) => upstreamId,
})

/** What a batch brings; `merged`: a list shows messages of one conversation in another. */
type Step =
  | { readonly messages: readonly Message[] }
  | { readonly updates: readonly Message[] }
  | { readonly deleted: readonly string[] }
  | { readonly merged: readonly [from: string, to: string] }

const steps: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ messages: several }), weight: 5 },
  { arbitrary: fc.record({ updates: several }), weight: 1 },
  { arbitrary: fc.record({ deleted: fc.uniqueArray(someId, { minLength: 1, maxLength: 6 }) }), weight: 1 },
  {
    arbitrary: fc.record({ merged: fc.tuple(fc.constantFrom('7', '8', '9'), fc.constantFrom('7', '8')) }),
    weight: 1,
  },
)

/** What is stored, kept by hand: a list replaces but for a null direction, a single message fills in. */
class Stored {
  readonly #byId = new Map<string, Message>()

  get messages(): Message[] {
    return [...this.#byId.values()]
  }

  apply(step: Step): Partial<Batch> {
    if ('merged' in step) {
      const [from, to] = step.merged
      const moved = this.messages.filter(({ interactionId }) => interactionId === from)
      return this.apply({ messages: moved.map((each) => ({ ...each, interactionId: to })) })
    }
    if ('messages' in step) {
      for (const each of step.messages) {
        const direction = each.direction ?? this.#byId.get(each.upstreamId)?.direction ?? null
        this.#byId.set(each.upstreamId, { ...each, direction })
      }
    }
    if ('updates' in step) {
      for (const each of step.updates) {
        const known = this.#byId.get(each.upstreamId)
        if (known === undefined) continue
        const told = Object.entries(each).filter(([, value]) => value !== null)
        this.#byId.set(each.upstreamId, { ...known, ...Object.fromEntries(told) })
      }
    }
    return step
  }
}

const FILTERS: readonly FilterClause[] = [
  { field: 'contact', operator: 'eq', values: [ALICE] },
  { field: 'contact', operator: 'notIn', values: [ALICE] },
  { field: 'contact', operator: 'startsWith', values: ['+49'] },
]

describe.each(ENGINES)('$engine: the other party', ({ createPlace }) => {
  let place: Place
  let fixture: Fixture
  let sources = 0

  beforeAll(async () => {
    place = await createPlace()
    fixture = await openFixture(place)
  })

  afterAll(async () => {
    await fixture.archive.close()
    await place[Symbol.asyncDispose]()
  })

  /** A source of its own: sources share nothing. */
  async function openSource(): Promise<{
    readonly commit: (batch: Partial<Batch>) => Promise<unknown>
    readonly read: (...filter: FilterClause[]) => Promise<Message[]>
  }> {
    const source = `source ${(sources += 1)}`
    const store = storeOf(fixture.archive)
    const lease = await store.acquire(source, 'test', 3_600_000)
    if (lease === null) throw new Error('The lease is taken')
    const provider = fixture.archive.source({ id: source, provider: liveProvider(), maxStalenessMs: 0 })
    return {
      commit: (batch) => store.commit({ lease, observedAt: 1, messages: [], ...batch }),
      read: (...filter) => readAll(provider, { filter }, 100),
    }
  }

  it('is what all messages of the conversation agree on, whatever happens to them', async () => {
    let derived = 0
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 7 }), async (story) => {
        const { commit, read } = await openSource()
        const stored = new Stored()
        for (const step of story) {
          await commit(stored.apply(step))
          const listed = await read()
          const contacts = contactsOf(stored.messages)
          expect(new Map(listed.map((each) => [each.upstreamId, each.contact]))).toEqual(contacts)
          derived += listed.filter(({ contact }) => contact?.basis === 'CONVERSATION').length
        }
        const expected = withContacts(stored.messages)
        for (const clause of FILTERS) {
          const ids = (await read(clause)).map(({ upstreamId }) => upstreamId)
          const matching = expected.filter((each) => matchesFilter([clause], each, 'any'))
          expect(ids.toSorted()).toEqual(matching.map(({ upstreamId }) => upstreamId).toSorted())
        }
      }),
      { numRuns: RUNS, seed: SEED },
    )
    // The property says little where hardly anything is derived.
    expect(derived).toBeGreaterThan(RUNS)
  })

  it('is kept of a conversation whose only message that tells it was deleted upstream', async () => {
    const { commit, read } = await openSource()
    const inbound = message('1', { direction: 'INBOUND', from: ALICE, to: null, interactionId: '7' })
    await commit({ messages: [inbound, message('2', { to: null, interactionId: '7' })] })
    await commit({ deleted: ['1'] })
    expect((await read()).find(({ upstreamId }) => upstreamId === '2')?.contact).toEqual({
      id: ALICE,
      basis: 'CONVERSATION',
    })
  })

  it('makes no new version of the messages that it is derived for', async () => {
    const { commit } = await openSource()
    await commit({ messages: [message('1', { to: null, interactionId: '7' })] })
    const inbound = message('2', { direction: 'INBOUND', from: ALICE, to: null, interactionId: '7' })
    expect(await commit({ messages: [inbound] })).toEqual({ added: ['2'], changed: [] })
    expect(await commit({ messages: [message('1', { to: null, interactionId: '7' })] })).toEqual({
      added: [],
      changed: [],
    })
  })
})
