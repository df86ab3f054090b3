import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openArchive } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { type Outcome, runStory } from './run-story.js'
import { type Change, type Story, story } from './story.js'

const STORIES = Number(process.env['WAYBILL_STORIES'] ?? 8)
const SEED = Number(process.env['WAYBILL_SEED'] ?? 20261127)
/** Of so many on SQLite, one on PostgreSQL, where they take longer. */
const ONE_OF = 8

test.each(ENGINES)(
  '$engine: an archive of a source that moves all the time has missed nothing, or knows of it',
  async ({ engine, createPlace }) => {
    const sum = { stories: 0, stale: 0, suspected: 0, staleNextDay: 0 }
    const property = fc.asyncProperty(story, async (told) => {
      await using place = await createPlace()
      const archive = await openArchive({ url: place.url })
      try {
        const outcome = await runStory(told, archive)
        expect(faultsOf(outcome, told)).toEqual([])
        sum.stories += 1
        sum.stale += outcome.stale.length > 0 ? 1 : 0
        sum.suspected += outcome.isSuspect ? 1 : 0
        sum.staleNextDay += outcome.staleNextDay.length > 0 ? 1 : 0
      } finally {
        await archive.close()
      }
    })
    const numRuns = engine === 'sqlite' ? STORIES : Math.ceil(STORIES / ONE_OF)
    // Without shrinking: each story takes a second, and a seed tells it again.
    await fc.assert(property, { numRuns, seed: SEED, endOnFailure: true })
    console.log(`${engine}, seed ${SEED}: ${JSON.stringify(sum)}`)
    // One that says that it may have missed something is excused: that has to be rare.
    expect(sum.stale).toBeLessThanOrEqual(Math.max(1, sum.stories / 10))
  },
)

function faultsOf(outcome: Outcome, told: Story): string[] {
  const { stale, claimed, isSuspect, staleNextDay, isDirectionDoubted, isEqual } = outcome
  // What no list tells of is found when the history is read again.
  const isHidden = touches(told).some(({ order }) => order === 'in-the-past')
  // What is touched without a visible change may hide others for a day.
  const isHiding = touches(told).some(({ shows }) => shows === 'nothing')
  return [
    ...(isSuspect || isHidden || isHiding ? [] : stale.map((id) => `${id} is not as it is`)),
    ...claimed.map((id) => `${id} is missing, and nothing says so`),
    ...(isSuspect || isHidden ? [] : staleNextDay.map((id) => `${id} is not as it is a day later`)),
    ...(isDirectionDoubted ? ['Messages are said to have neither direction'] : []),
    ...(isEqual ? [] : ['The archive does not equal the upstream in the end']),
  ]
}

function touches({ chapters }: Story): (Change & { kind: 'touch' })[] {
  const changes = chapters.flatMap(({ before, poll }) => [
    ...before,
    ...poll.changes.map(({ change }) => change),
  ])
  return changes.filter((change) => change.kind === 'touch')
}
