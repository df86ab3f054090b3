import type { JSX } from 'preact'
import { failures } from '../texts/failures.js'
import { language } from '../texts/language.js'

/** Codes whose advice is to send a template. */
const WANT_TEMPLATES: readonly string[] = ['470', '131047']

/** What a failure code means, where WhatsApp's documentation has it. Nothing for other codes. */
export function FailureMeaning({
  code,
  isTemplate,
}: {
  readonly code: string
  /** Whether the message was a template. */
  readonly isTemplate: boolean
}): JSX.Element | null {
  const { title, codes, isTemplate: remark } = failures[language]
  const [, meaning] = Object.entries(codes).find(([known]) => known === code) ?? []
  return meaning === undefined ? null : (
    <p class="meaning">
      <span class="muted">{title}:</span> {meaning}
      {isTemplate && WANT_TEMPLATES.includes(code) && ` ${remark}`}
    </p>
  )
}
