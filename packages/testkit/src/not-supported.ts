import { nearestName } from '@waybill/core'
import type { CaseDefinition } from './case-definition.js'
import { ConformanceFailure } from './check/conformance-failure.js'
import { attempt } from './check/rejection.js'
import type { ConformanceCase } from './conformance-case.js'

/** Gives the cases that cannot be passed their reasons. @throws TypeError for a name that no case has. */
export function declareNotSupported(
  definitions: readonly CaseDefinition[],
  reasons: Readonly<Record<string, string>>,
): ConformanceCase[] {
  const names = definitions.map(({ name }) => name)
  for (const [name, reason] of Object.entries(reasons)) {
    if (!names.includes(name)) throw new TypeError(unknownCase(name, names))
    if (reason.trim() === '') throw new TypeError(`notSupported gives no reason for the case "${name}".`)
  }
  return definitions.map(({ name, run }) => {
    const reason = Object.hasOwn(reasons, name) ? reasons[name] : undefined
    return reason === undefined
      ? { name, notSupported: null, run }
      : { name, notSupported: reason, run: () => expectUnsupported(name, run) }
  })
}

/** A reason that no longer holds would hide the next thing that goes wrong. */
async function expectUnsupported(name: string, run: () => Promise<void>): Promise<void> {
  const outcome = await attempt(run)
  if ('error' in outcome) return
  throw new ConformanceFailure(`the case "${name}", which notSupported names`, {
    expected: 'a failure',
    found: 'it passes; take it out of notSupported',
  })
}

function unknownCase(name: string, names: readonly string[]): string {
  const meant = nearestName(name, names)
  const hint = meant === null ? '' : ` Did you mean "${meant}"?`
  return `notSupported names a case that there is none of: "${name}".${hint}`
}
