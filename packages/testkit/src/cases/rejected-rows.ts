import type { ListResult } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { ConformanceFailure, expectEqual } from '../check/conformance-failure.js'
import { expectNoSecret } from '../check/leak.js'
import { readPage } from '../read/read-all.js'
import { firstPage, largestPage } from '../read/request.js'
import { rowsWithin, setStage, type HttpSubject, type Stage } from '../read/stage.js'

const COUNT = 5

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
  const count = Math.min(rowsWithin(subject.capabilities, COUNT), largestPage(subject.capabilities))
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
