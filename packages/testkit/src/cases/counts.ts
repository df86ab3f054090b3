import {
  type CountGroup,
  type CountKey,
  type CountRequest,
  findTimeZone,
  type Message,
  type TimeZone,
  UTC,
} from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { ConformanceFailure, expectEqual } from '../check/conformance-failure.js'
import { readAll } from '../read/reads.js'
import { rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'

/** Clocks that are whole hours, and three quarters of one, from UTC. */
const ZONES = ['UTC', 'America/Sao_Paulo', 'Asia/Kathmandu']

/** What a provider counts by itself, compared with what its list has. */
export function countCases(subject: Subject): CaseDefinition[] {
  const { counts = [], fields } = subject.capabilities
  if (counts.length === 0) return []
  const requests: [string, Partial<CountRequest>[]][] = [
    ['all together, and by each key', [{ by: [] }, ...counts.map((key) => ({ by: [key] }))]],
    ['by several keys', [{ by: counts.filter((key) => key !== 'HOUR') }]],
  ]
  if (fields.status.operators?.eq === 'exact') {
    const filter = [{ field: 'status', operator: 'eq', values: ['FAILED'] } as const]
    requests.push(['of what a filter selects', [{ by: counts.slice(0, 1), filter }]])
  }
  return requests.map(([name, several]) => ({
    name: `count: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 40) })
      for (const request of several) {
        for (const timeZone of ZONES) await expectCounts(stage, { ...EVERYTHING, ...request, timeZone })
      }
    },
  }))
}

const EVERYTHING: CountRequest = { filter: [], search: null, by: [], timeZone: 'UTC' }

async function expectCounts(stage: Stage, request: CountRequest): Promise<void> {
  const what = `count(${JSON.stringify(request)})`
  const counted = await stage.provider.count?.(request)
  if (counted === undefined) throw new ConformanceFailure(what, { expected: 'groups', found: counted })
  const { messages } = await readAll(stage, { filter: request.filter })
  const zone = findTimeZone(request.timeZone) ?? UTC
  const expected = new Map<string, CountGroup>()
  for (const message of messages) {
    const group = groupOf(message, request.by, zone)
    const key = JSON.stringify(group)
    expected.set(key, { ...group, count: (expected.get(key)?.count ?? 0) + 1 })
  }
  expectEqual(what, inOrder(counted.groups), inOrder([...expected.values()]))
}

function groupOf(message: Message, by: readonly CountKey[], zone: TimeZone): Omit<CountGroup, 'count'> {
  const { sentAt, status, type, direction, failure } = message
  const day = by.includes('DAY') ? zone.startOfDay(zone.dayOf(sentAt)) : null
  return {
    period: by.includes('HOUR') ? zone.startOfHour(sentAt) : day,
    status: by.includes('STATUS') ? status : null,
    type: by.includes('TYPE') ? type : null,
    direction: by.includes('DIRECTION') ? direction : null,
    failureCode: by.includes('FAILURE_CODE') ? (failure?.code ?? null) : null,
  }
}

function inOrder(groups: readonly CountGroup[]): string[] {
  return groups
    .map(({ period, status, type, direction, failureCode, count }) =>
      JSON.stringify({ period, status, type, direction, failureCode, count }),
    )
    .toSorted()
}
