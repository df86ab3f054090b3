const NUMBER = /^\+?(\d{8,15})$/

/**
 * The one form of a phone number: 8 to 15 digits (E.164's span), with or without a plus sign, read `+<digits>`.
 * Anything else (a user name, a short code, a formatted number) is returned as it is.
 *
 * @example normalizePhone('14155552671') // '+14155552671'
 */
export function normalizePhone(value: string): string {
  const digits = NUMBER.exec(value)?.[1]
  return digits === undefined ? value : `+${digits}`
}
