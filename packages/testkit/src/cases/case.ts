import { nearestName } from '@waybill/core'
import { ConformanceFailure } from '../check/conformance-failure.js'
import { attempt } from '../read/rejection.js'

/** A case by its name and its run, before the world's `notSupported` applies. */
export interface CaseDefinition {
  readonly name: string
  /** Rejects where the provider does not conform. */
  run(): Promise<void>
}

/** One thing that a provider has to do. */
export interface ConformanceCase {
  /** Unique among the cases of a world: `page: every edge`. */
  readonly name: string
  /** Why the provider cannot do it, in its author's words; null where it has to. */
  readonly notSupported: string | null
  /**
   * Runs it. The cases of one world share its upstream, so one at a time.
   *
   * @throws ConformanceFailure where the provider does not conform, with what was expected and found; and where a case
   *   that is declared as not supported passes.
   */
  run(): Promise<void>
}

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
  return `notSupported names an unknown case: "${name}".${hint}`
}
