import type { ComparedEntry, ComparedMessage } from './compared.js'

/**
 * Whether an entry may be a message, because no field that both have contradicts. Both are within reach of each other and
 * unmatched, so that one of them lacks a field.
 */
export function mayBe(entry: ComparedEntry, message: ComparedMessage): boolean {
  return (
    agrees(entry.id, message.upstreamId) &&
    agrees(entry.whatsappId, message.whatsappId) &&
    agrees(entry.to, message.to) &&
    (agrees(entry.text, message.text) || message.pastTexts.includes(entry.text ?? ''))
  )
}

function agrees(ours: string | null, theirs: string | null): boolean {
  return ours === null || theirs === null || ours === theirs
}
