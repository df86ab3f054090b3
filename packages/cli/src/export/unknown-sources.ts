import type { MessageFilter } from '@waybill/core'
import type { CommandHost } from '../command-context.js'

/**
 * Says which sources a filter names that are not configured. That is no error: as everywhere, a value that nothing has
 * matches nothing. But it is probably a slip, and an empty export does not tell.
 */
export function noteUnknownSources(
  filter: MessageFilter,
  sources: readonly { readonly id: string }[],
  { stderr }: Pick<CommandHost, 'stderr'>,
): void {
  const known = sources.map(({ id }) => id)
  const named = filter.flatMap((clause) => (clause.field === 'source' ? clause.values : []))
  for (const id of new Set(named.filter((each) => !known.includes(each)))) {
    stderr.write(
      `note: no message is of the source ${id}, which is not configured: there are ${known.join(', ')}.\n`,
    )
  }
}
