import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { readAll } from '../read/reads.js'
import { expectSelection } from '../read/selection.js'
import { rowsWithin, setStage, SOURCE, type HttpSubject, type Stage, type Subject } from '../read/stage.js'
import type { CaseDefinition } from './case.js'

/** Numbers that JavaScript would write in other digits, and text that is spoilt when it is not read as UTF-8. */
const JSON_TEXT =
  '{"long":12345678901234567890,"id":9223372036854775807,"large":1e400,"price":1.10,"zero":-0,"text":"Ваш код — 確認"}'
const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=ISO-8859-1',
  'text/plain; charset=utf-16',
]

/** What an upstream sends arrives as it was sent. */
export function fidelityCases(subject: HttpSubject): CaseDefinition[] {
  return [{ name: 'raw: every value as it was sent, read as UTF-8', run: () => expectExactRaw(subject) }]
}

async function expectExactRaw(subject: HttpSubject): Promise<void> {
  const { world } = subject
  const extend = world.extend?.bind(world)
  if (extend === undefined) {
    throw new ConformanceFailure('extend', { expected: 'a function of the world', found: undefined })
  }
  for (const contentType of CONTENT_TYPES) {
    const stage = await setStage(subject, { count: 2 })
    await extend(0, { json: JSON_TEXT, contentType })
    const { messages } = await readAll(stage)
    expectSelection(stage, {}, messages)
    for (const { text, upstreamId } of messages) {
      const sent = stage.rows.find((row) => stage.idOf(row) === upstreamId)?.text
      if (text !== null) expectEqual(`the text of ${upstreamId}, sent as ${contentType}`, text, sent)
    }
    const raw = JSON.stringify(messages[0]?.raw)
    expectThat(
      `raw of the first row, sent as ${contentType}`,
      raw.includes(JSON_TEXT),
      `to hold ${JSON_TEXT}`,
      raw,
    )
  }
}

/** Offsets of whole hours, of half hours, west and east of UTC. */
const TIME_ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata']

/** Times without a zone, for a provider that has an option for it. */
export function timeZoneCases(subject: Subject): CaseDefinition[] {
  if (subject.world.writeTimesIn === undefined) return []
  return TIME_ZONES.map((timeZone) => ({
    name: `times: without a zone, as clocks in ${timeZone} show them`,
    run: async () => {
      const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 12) })
      await expectLocalTimes(stage, timeZone)
    },
  }))
}

async function expectLocalTimes(stage: Stage, timeZone: string): Promise<void> {
  const { world } = stage
  const options = await world.writeTimesIn?.(timeZone)
  const provider = world.create(options, { source: SOURCE, limits: { retries: 0 } })
  const { messages } = await readAll({ ...stage, provider })
  expectSelection(stage, {}, messages)
  for (const message of messages) {
    expectEqual(`sentAt of ${message.upstreamId}`, message.sentAt, stage.rowOf(message).sentAt)
  }
  const [row] = stage.rows
  if (row === undefined) return
  const single = await provider.get?.(stage.idOf(row))
  const sentAt = single?.message?.sentAt ?? row.sentAt
  expectEqual(`sentAt of ${stage.idOf(row)} alone`, sentAt, row.sentAt)
}
