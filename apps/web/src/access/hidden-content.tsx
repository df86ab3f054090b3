import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { ContentProbeDocument } from '../api/operations.js'
import { describeProblem } from '../api/problem.js'
import { texts } from '../texts/texts.js'

/** Says what is hidden, where the token has no access to contents. */
export function HiddenContent(): JSX.Element | null {
  const [{ error }] = useQuery({ query: ContentProbeDocument })
  if (error === undefined || describeProblem(error).kind !== 'forbidden') return null
  return (
    <p class="banner" role="status">
      {texts.access.contentHidden}
    </p>
  )
}
