import { type Message, MESSAGE_FIELDS, type MessageField, type SingleMessage } from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectSoundMessage } from '../check/page.js'
import { expectSelection } from '../read/selection.js'
import { readAll } from '../read/reads.js'
import { rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'
import { LONG_ID, MALFORMED_IDS } from '../world/rows.js'

/** In these fields the two endpoints of one upstream may use different words, or more of them. */
const OWN_WORDS: readonly MessageField[] = ['rawType', 'rawStatus', 'raw', 'failure']

/** One message by its id, where the provider has that. */
export function singleMessageCases(subject: Subject): CaseDefinition[] {
  if (!subject.canGet) return []
  return [
    {
      name: 'get: agrees with list',
      run: async () => {
        const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 40) })
        const { messages } = await readAll(stage)
        expectSelection(stage, {}, messages)
        for (const message of messages) await expectAgreement(stage, message)
      },
    },
    {
      name: 'get: null for an id that nothing has',
      run: async () => {
        const stage = await setStage(subject, { count: 3 })
        const [row] = stage.rows
        if (row !== undefined) await expectNone(stage, stage.idOf({ ...row, number: 999_999 }))
      },
    },
    {
      name: 'get: null where there is nothing at all',
      run: async () => {
        const stage = await setStage(subject, { count: 0 })
        await expectNone(stage, subject.world.upstreamId?.(1) ?? '1')
      },
    },
    {
      name: 'get: null for what cannot be an id',
      run: async () => {
        const stage = await setStage(subject, { count: 3 })
        for (const id of [...MALFORMED_IDS, LONG_ID]) await expectNone(stage, id)
      },
    },
  ]
}

async function expectNone(stage: Stage, id: string): Promise<void> {
  expectEqual(`get(${JSON.stringify(id)})`, await stage.provider.get?.(id), null)
}

async function expectAgreement(stage: Stage, listed: Message): Promise<void> {
  const what = `get of row ${stage.rowOf(listed).number}`
  const single = await stage.provider.get?.(listed.upstreamId)
  if (single === null || single === undefined)
    throw new ConformanceFailure(what, { expected: listed, found: single })
  expectSoundDetail(what, single)
  const { message } = single
  if (message === null) return
  expectSoundMessage(message)
  for (const field of MESSAGE_FIELDS) {
    // Either endpoint may have fields that the other lacks.
    const untold = message[field] === null || listed[field] === null
    if (untold || OWN_WORDS.includes(field)) continue
    expectEqual(`${field} of ${what}`, message[field], listed[field])
  }
}

function expectSoundDetail(what: string, { detail }: SingleMessage): void {
  const { deliveredAt, readAt, ...texts } = detail
  for (const [name, time] of Object.entries({ deliveredAt, readAt })) {
    expectThat(
      `${name} of ${what}`,
      time === null || Number.isSafeInteger(time),
      'milliseconds or null',
      time,
    )
  }
  for (const name of ['statusMessage', 'replyToId', 'mediaUrl', 'staffId'] as const) {
    const text = texts[name]
    expectThat(`${name} of ${what}`, text === null || typeof text === 'string', 'text or null', text)
  }
}

/** One message that the provider has at hand, if it has `find`. */
export function foundMessageCases(subject: Subject): CaseDefinition[] {
  if (!subject.canFind) return []
  return [
    {
      name: 'find: agrees with list',
      run: async () => {
        const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 40) })
        const { messages } = await readAll(stage)
        expectSelection(stage, {}, messages)
        for (const message of messages) {
          const found = await stage.provider.find?.(message.upstreamId)
          expectEqual(`find(${JSON.stringify(message.upstreamId)})`, found, message)
        }
      },
    },
    {
      name: 'find: null for an id that nothing has',
      run: async () => {
        const stage = await setStage(subject, { count: 3 })
        const [row] = stage.rows
        const unknown = row === undefined ? [] : [stage.idOf({ ...row, number: 999_999 })]
        for (const id of [...unknown, ...MALFORMED_IDS, LONG_ID]) await expectNoneFound(stage, id)
      },
    },
  ]
}

async function expectNoneFound(stage: Stage, id: string): Promise<void> {
  expectEqual(`find(${JSON.stringify(id)})`, await stage.provider.find?.(id), null)
}
