import type { ListResult, Message, MessageFailure, MessageField } from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectOrder, expectSelection } from '../read/selection.js'
import { expectNoSecret } from '../read/rejection.js'
import { firstPage, largestPage, readAll, readPage } from '../read/reads.js'
import { type HttpSubject, rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'
import { VALUE_FIELDS } from '../world/rows.js'

const COUNT = 64
/** Fields that a source has for every message or for none; the capabilities do not declare which. */
const OPTIONAL: readonly MessageField[] = ['text', 'whatsappId', 'isRead', 'failure']

/** The list as a whole, without a filter. */
export function listingCases(subject: Subject): CaseDefinition[] {
  const counts = [
    ['list: no rows', 0],
    ['list: one row', 1],
    ['list: every row', rowsWithin(subject.capabilities, COUNT)],
  ] as const
  return [
    ...counts.map(([name, count]) => ({
      name,
      run: async () => {
        const stage = await setStage(subject, { count })
        await expectEverything(stage)
      },
    })),
    {
      name: 'list: every field of every row',
      run: async () => {
        const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, COUNT) })
        const { messages } = await readAll(stage)
        expectSelection(stage, {}, messages)
        expectFields(stage, messages)
      },
    },
    {
      name: 'list: rows with equal times',
      run: async () => {
        const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 24), tied: 6 })
        await expectEverything(stage)
      },
    },
    {
      name: 'list: calls at the same time',
      run: async () => {
        const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 9) })
        const { paging } = subject.capabilities
        const sizes = [1, 2, 4, 9].map((size) =>
          paging.kind === 'window' ? paging.maxItems : Math.min(size, paging.maxPageSize),
        )
        await Promise.all(sizes.map((size) => expectEverything(stage, size)))
      },
    },
  ]
}

async function expectEverything(stage: Stage, size?: number): Promise<void> {
  const { messages } = await readAll(stage, {}, size)
  expectSelection(stage, {}, messages)
  expectOrder(stage, messages)
}

function expectFields(stage: Stage, messages: readonly Message[]): void {
  const told = OPTIONAL.filter((field) => messages.some((message) => message[field] !== null))
  for (const message of messages) {
    const row = stage.rowOf(message)
    const what = (field: MessageField): string => `${field} of row ${row.number}`
    expectEqual(what('sentAt'), message.sentAt, row.sentAt)
    for (const field of VALUE_FIELDS) {
      const listed = stage.capabilities.fields[field].listed !== false
      expectEqual(what(field), message[field], listed ? row[field] : null)
    }
    for (const field of told) expectTold(what(field), message[field], row[field as 'text'])
    expectThat(what('raw'), message.raw !== null, 'the upstream’s own object', message.raw)
  }
}

/** An upstream may have only one of a failure's code and reason. */
function expectTold(what: string, found: unknown, expected: unknown): void {
  expectEqual(what, found, isCodeless(found) && isFailure(expected) ? { ...expected, code: null } : expected)
}

function isFailure(value: unknown): value is MessageFailure {
  return typeof value === 'object' && value !== null && 'reason' in value
}

function isCodeless(value: unknown): boolean {
  return isFailure(value) && value.code === null
}

const SPOILED_COUNT = 5

/** A row that cannot be read is set aside, and stops no other. */
export function rejectedRowCases(subject: HttpSubject): CaseDefinition[] {
  return [{ name: 'list: a row that cannot be read stops no other', run: () => expectOthers(subject) }]
}

async function expectOthers(subject: HttpSubject): Promise<void> {
  const { world } = subject
  const spoil = world.spoil?.bind(world)
  if (spoil === undefined) {
    throw new ConformanceFailure('spoil', { expected: 'a function of the world', found: undefined })
  }
  const count = Math.min(rowsWithin(subject.capabilities, SPOILED_COUNT), largestPage(subject.capabilities))
  for (const position of new Set([0, count >> 1, count - 1])) {
    const stage = await setStage(subject, { count })
    const ids = idsOf(await readFirst(stage))
    await spoil(position)
    const page = await readFirst(stage)
    expectEqual(
      `the messages beside row ${position}, which cannot be read`,
      idsOf(page),
      ids.toSpliced(position, 1),
    )
    expectRejected(stage, page, position, ids[position] ?? null)
  }
}

function expectRejected(
  { world }: Stage,
  { rejected = [] }: ListResult,
  position: number,
  id: string | null,
): void {
  expectEqual(
    'the positions of the rows that are set aside',
    rejected.map((row) => row.position),
    [position],
  )
  for (const { upstreamId, reason } of rejected) {
    if (upstreamId !== null) expectEqual('the id of the row that is set aside', upstreamId, id)
    expectNoSecret('the reason of the row that is set aside', reason, world.secrets)
  }
}

function readFirst(stage: Stage): Promise<ListResult> {
  const { capabilities } = stage
  return readPage(stage, {}, firstPage(capabilities, largestPage(capabilities)))
}

function idsOf({ messages }: ListResult): string[] {
  return messages.map(({ upstreamId }) => upstreamId)
}

/** What a provider reports as missing from its lists. */
export function historyCases(subject: Subject): CaseDefinition[] {
  if (!subject.hasHistory) return []
  return [
    { name: 'history: of no rows', run: () => expectSoundHistory(subject, 0) },
    { name: 'history: of several rows', run: () => expectSoundHistory(subject, 9) },
  ]
}

async function expectSoundHistory(subject: Subject, count: number): Promise<void> {
  const { provider } = await setStage(subject, { count })
  const history = await provider.history?.()
  const { reachesBackTo = Number.NaN, gaps = [] } = history ?? {}
  const isTime = reachesBackTo === null || Number.isSafeInteger(reachesBackTo)
  expectThat('reachesBackTo', isTime, 'whole milliseconds or null', reachesBackTo)
  const edges = gaps.flatMap(({ from, to }) => [from, to])
  expectThat('the gaps', edges.every(Number.isSafeInteger), 'whole milliseconds', gaps)
  expectEqual(
    'the edges of the gaps, oldest first',
    edges,
    edges.toSorted((a, b) => a - b),
  )
  const isWithin = edges.every((edge) => edge >= (reachesBackTo ?? edge))
  expectThat('the gaps', isWithin, `not before reachesBackTo (${reachesBackTo})`, gaps)
}
