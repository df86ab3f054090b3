import type { JSX } from 'preact'
import { failures } from '../texts/failures.js'
import { language } from '../texts/language.js'

/** What a failure code means, where WhatsApp's documentation has it. Nothing for other codes. */
export function FailureMeaning({ code }: { readonly code: string }): JSX.Element | null {
  const { title, codes } = failures[language]
  const [, meaning] = Object.entries(codes).find(([known]) => known === code) ?? []
  return meaning === undefined ? null : (
    <p class="meaning">
      <span class="muted">{title}:</span> {meaning}
    </p>
  )
}
