import type { CaseDefinition } from '../case-definition.js'
import { expectEqual } from '../check/conformance-failure.js'
import { expectSelection } from '../check/selection.js'
import { readAll } from '../read/read-all.js'
import { rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'
import { LONG_ID, MALFORMED_IDS } from '../world/ids.js'

/** One message that the provider has at hand, where it says that it has. */
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
        for (const id of [...unknown, ...MALFORMED_IDS, LONG_ID]) await expectNone(stage, id)
      },
    },
  ]
}

async function expectNone(stage: Stage, id: string): Promise<void> {
  expectEqual(`find(${JSON.stringify(id)})`, await stage.provider.find?.(id), null)
}
