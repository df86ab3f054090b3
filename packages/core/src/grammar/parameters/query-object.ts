import { type Origin, issueAt, issueWithoutPlace } from './issue.js'
import { LocatedText } from './located-text.js'
import { type ParameterName, type ParameterReading, addParameter, tooLong, wantedName } from './parameter.js'

/** A field, an operator and a list index: nothing lies deeper. Also what ends a cycle. */
const DEEPEST = 3

/**
 * Reads a plain object, flat or nested. Only its own enumerable properties count. Null and undefined are as if absent,
 * numbers and booleans are taken as their texts, a list is a list without being split at commas.
 */
export function readQueryObject(reading: ParameterReading, object: object): void {
  const walk: Walk = { reading, length: 0 }
  for (const [key, value] of members(object)) {
    const name = wantedName(reading, LocatedText.verbatim(key))
    if (name !== null) visit(walk, name, value)
    if (walk.length > reading.maxLength) {
      reading.issues.push(issueWithoutPlace(null, tooLong(reading.maxLength)))
      return
    }
  }
}

interface Walk {
  readonly reading: ParameterReading
  /** The length of all names and values so far. */
  length: number
}

function visit(walk: Walk, name: ParameterName, value: unknown): void {
  walk.length += name.whole.text.length + 1
  const text = scalarText(value)
  if (text !== null) add(walk, name, text)
  else if (Array.isArray(value)) visitList(walk, name, value)
  else if (isPlainObject(value) && name.path.length < DEEPEST) visitMembers(walk, name, value)
  else if (value !== null && value !== undefined) refuse(walk, name)
}

function visitList(walk: Walk, name: ParameterName, list: readonly unknown[]): void {
  const member = nested(name, '')
  if (list.length === 0) addParameter(walk.reading, originOf(member, null), member, null)
  for (const [, value] of members(list)) {
    const text = scalarText(value)
    walk.length += member.whole.text.length + 1
    if (text === null) refuse(walk, member)
    else add(walk, member, text)
    if (walk.length > walk.reading.maxLength) return
  }
}

function visitMembers(walk: Walk, name: ParameterName, object: object): void {
  for (const [key, value] of members(object)) {
    visit(walk, nested(name, key), value)
    if (walk.length > walk.reading.maxLength) return
  }
}

function add(walk: Walk, name: ParameterName, text: string): void {
  walk.length += text.length
  const value = LocatedText.verbatim(text, name.whole.text.length + 1)
  addParameter(walk.reading, originOf(name, text), name, value)
}

function refuse(walk: Walk, name: ParameterName): void {
  walk.reading.issues.push(issueAt(originOf(name, null), name.whole.span, NOT_A_VALUE))
}

/** Own enumerable properties, one after the other; a list's holes are none. */
function* members(object: object): Generator<readonly [string, unknown]> {
  for (const key of Object.keys(object)) yield [key, Reflect.get(object, key)]
}

function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'bigint') return `${value}`
  return typeof value === 'number' && Number.isFinite(value) ? `${value}` : null
}

function nested(name: ParameterName, key: string): ParameterName {
  const whole = LocatedText.verbatim(`${name.whole.text}[${key}]`)
  const start = name.whole.text.length + 1
  return { ...name, whole, path: [...name.path, whole.slice(start, start + key.length)] }
}

function originOf(name: ParameterName, value: string | null): Origin {
  const parameter = name.whole.text
  return { parameter, text: value === null ? parameter : `${parameter}=${value}`, offset: null }
}

const NOT_A_VALUE = {
  code: 'INVALID_VALUE',
  problem: 'a parameter cannot have this value.',
  allowed: ['a text', 'a number', 'a boolean', 'a list of these'],
} as const

/** Whether a value is an object of keys and values, made in whatever realm, and neither a list nor of some class. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
