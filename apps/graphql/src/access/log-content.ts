import { WaybillError } from '@waybill/core'
import { LOG_FIELDS, type LogField } from '@waybill/reconcile'

/** Whether the comparison by a field of a log tells nothing about content. Complete by its type. */
const IS_OPEN: Readonly<Record<LogField, boolean>> = {
  id: true,
  // It encodes the recipient's number.
  whatsappId: false,
  reference: false,
  to: false,
  at: true,
  timeOfDay: true,
  text: false,
  status: true,
}

/**
 * Refuses a log of a caller without `messages:content` that would be compared by content.
 * @throws WaybillError FORBIDDEN naming the fields and the scope
 */
export function refuseLogContent(isGiven: (field: LogField) => boolean): void {
  const asked = LOG_FIELDS.filter((field) => !IS_OPEN[field] && isGiven(field))
  if (asked.length === 0) return
  const names = asked.map((field) => `\`${field}\``).join(', ')
  throw new WaybillError(
    'FORBIDDEN',
    `To reconcile by ${names} needs the scope messages:content. Give \`id\` alone, or ask the operator for it.`,
  )
}
