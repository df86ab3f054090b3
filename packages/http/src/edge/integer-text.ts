/**
 * An integer as its decimal notation; every other value as it is. For ids and figures that an upstream sends as numbers
 * here and as texts there. An integer that JavaScript cannot hold exactly stays a number, for its digits are wrong.
 */
export function integerText(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
}
