import { type Message, MESSAGE_FIELDS, type MessageField, printMessageSort } from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { expectEqual } from '../check/conformance-failure.js'
import { expectOrder, expectSelection } from '../read/selection.js'
import { readAll } from '../read/reads.js'
import { rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'
import { SEARCHES, TEXTS } from '../world/texts.js'
import { declaredClauses } from './declared-clauses.js'

/** What is searched upstream is found as core's search finds it. */
export function searchCases(subject: Subject): CaseDefinition[] {
  if (subject.capabilities.search === 'none') return []
  const count = rowsWithin(subject.capabilities, TEXTS.length * 2)
  const terms = Object.entries(SEARCHES).map(([name, search]) => ({
    name: `search: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count })
      const { messages } = await readAll(stage, { search })
      expectSelection(stage, { search }, messages)
      expectOrder(stage, messages)
    },
  }))
  const [declared] = declaredClauses(subject.capabilities)
  if (declared === undefined) return terms
  const filtered = {
    name: 'search: together with a filter',
    run: async () => {
      const stage = await setStage(subject, { count })
      for (const clause of declared.clauses) {
        const query = { filter: [clause], search: 'order' }
        expectSelection(stage, query, (await readAll(stage, query)).messages)
      }
    },
  }
  return [...terms, filtered]
}

/** Every declared order is served, whole and page by page. */
export function sortCases(subject: Subject): CaseDefinition[] {
  return subject.capabilities.sorts.map((sort) => ({
    name: `sort: ${printMessageSort(sort)}`,
    run: async () => {
      const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 20) })
      const { paging } = subject.capabilities
      const sizes = paging.kind === 'window' ? [paging.maxItems] : [3, paging.maxPageSize]
      for (const size of sizes) {
        const { messages } = await readAll(stage, { sort }, size)
        expectSelection(stage, {}, messages)
        expectOrder(stage, messages, sort)
      }
    },
  }))
}

const SEVERAL: readonly (readonly MessageField[])[] = [
  [],
  ['upstreamId', 'sentAt'],
  ['status', 'failure', 'text'],
  ['type', 'rawType', 'from', 'to', 'interactionId'],
  MESSAGE_FIELDS,
]

/** What is asked for comes, with the value that the full list has; anything else may be null. */
export function sparseFieldCases(subject: Subject): CaseDefinition[] {
  const asks = (name: string, choices: readonly (readonly MessageField[])[]): CaseDefinition => ({
    name: `fields: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 16) })
      const { messages } = await readAll(stage)
      expectSelection(stage, {}, messages)
      for (const fields of choices) await expectFields(stage, messages, new Set(fields))
    },
  })
  return [
    asks(
      'each alone',
      MESSAGE_FIELDS.map((field) => [field]),
    ),
    asks('several together', SEVERAL),
  ]
}

async function expectFields(
  stage: Stage,
  whole: readonly Message[],
  fields: ReadonlySet<MessageField>,
): Promise<void> {
  const { messages } = await readAll(stage, { fields })
  const asked = `with fields ${[...fields].join(', ')}`
  expectEqual(
    `ids ${asked}`,
    messages.map(({ upstreamId }) => upstreamId),
    whole.map(({ upstreamId }) => upstreamId),
  )
  for (const [index, message] of messages.entries()) {
    for (const field of MESSAGE_FIELDS) {
      const value = message[field]
      const mayBeNull = !fields.has(field) && field !== 'sentAt'
      if (value === null && mayBeNull) continue
      // The object itself holds what was asked for, and may hold nothing else.
      if (field === 'raw' && mayBeNull) continue
      expectEqual(`${field} of message ${index + 1} ${asked}`, value, whole[index]?.[field])
    }
  }
}
