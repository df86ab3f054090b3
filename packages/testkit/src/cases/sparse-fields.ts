import type { Message, MessageField } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { expectEqual } from '../check/conformance-failure.js'
import { MESSAGE_FIELDS } from '../check/message.js'
import { expectSelection } from '../check/selection.js'
import { readAll } from '../read/read-all.js'
import { rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'

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
