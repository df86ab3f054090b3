import type { Message, MessageFailure, MessageField } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectOrder } from '../check/order.js'
import { expectSelection } from '../check/selection.js'
import { readAll } from '../read/read-all.js'
import { rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'
import { VALUE_FIELDS } from '../vocabulary.js'

const COUNT = 64
/** What a source tells of every message or of none; the capabilities do not say which. */
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

/** Of a failure's code and reason the upstream may tell one only. */
function expectTold(what: string, found: unknown, expected: unknown): void {
  expectEqual(what, found, isCodeless(found) && isFailure(expected) ? { ...expected, code: null } : expected)
}

function isFailure(value: unknown): value is MessageFailure {
  return typeof value === 'object' && value !== null && 'reason' in value
}

function isCodeless(value: unknown): boolean {
  return isFailure(value) && value.code === null
}
