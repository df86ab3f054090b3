import { z } from 'zod'
import type { JsonPath } from '../json-path.js'

/** The property names that a schema knows at a path of the value it describes. */
export function knownNames(schema: unknown, path: JsonPath): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return knownNames(schema.unwrap(), path)
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => knownNames(option, path))
  const [step, ...rest] = path
  if (schema instanceof z.ZodObject) {
    return step === undefined ? Object.keys(schema.shape) : knownNames(schema.shape[step], rest)
  }
  return schema instanceof z.ZodArray ? knownNames(schema.element, rest) : []
}
