import {
  type FilterClause,
  type FilterField,
  type FilterOperator,
  nearestName,
  WaybillError,
} from '@waybill/core'
import type { CountsQuery, MessagesQuery } from '../engine.js'

/** What an argument may be, in words, and whether a value is that. */
type Kind = readonly [expected: string, holds: (value: unknown) => boolean]

const isNone = (value: unknown): boolean => value === undefined || value === null
const isText = (value: unknown): boolean => typeof value === 'string'
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Callers in plain JavaScript are told what is wrong; TypeScript checks it for all others. */
export const LIST_ARGUMENTS: Readonly<Record<keyof MessagesQuery, Kind>> = {
  filter: ['an array of clauses', (value) => isNone(value) || Array.isArray(value)],
  sort: ['an object of field (createdAt or updatedAt) and direction (asc or desc)', isSort],
  search: ['text or null', (value) => isNone(value) || isText(value)],
  first: ['a number', (value) => isNone(value) || typeof value === 'number'],
  after: ['a cursor as text, or null', (value) => isNone(value) || isText(value)],
  onSourceError: ['FAIL or PARTIAL', (value) => isNone(value) || value === 'FAIL' || value === 'PARTIAL'],
  maxUpstreamRequests: ['a number or null', (value) => isNone(value) || typeof value === 'number'],
  fields: ['a Set of field names, or null', (value) => isNone(value) || value instanceof Set],
  totalCount: ['true or false', (value) => isNone(value) || typeof value === 'boolean'],
  reports: ['true or false', (value) => isNone(value) || typeof value === 'boolean'],
  allowance: [
    'an object with isSpent and spend',
    (value) => value === undefined || (isObject(value) && typeof value['spend'] === 'function'),
  ],
  signal: ['an AbortSignal', (value) => value === undefined || value instanceof AbortSignal],
}

const { filter, search, onSourceError, maxUpstreamRequests, signal, allowance } = LIST_ARGUMENTS

/** The same for counts. */
export const COUNT_ARGUMENTS: Readonly<Record<keyof CountsQuery, Kind>> = {
  filter,
  search,
  onSourceError,
  maxUpstreamRequests,
  signal,
  allowance,
  by: ['an array of keys', (value) => isNone(value) || Array.isArray(value)],
  timeZone: ['the name of a time zone', (value) => isNone(value) || isText(value)],
}

function isSort(value: unknown): boolean {
  if (isNone(value)) return true
  if (!isObject(value)) return false
  const { field, direction } = value
  return (field === 'createdAt' || field === 'updatedAt') && (direction === 'asc' || direction === 'desc')
}

/** @throws WaybillError BAD_USER_INPUT for a query with an unknown argument, or one of a wrong type, naming it */
export function checkTypes(query: unknown, known: Readonly<Record<string, Kind>>): void {
  if (!isObject(query)) throw refusal('The query', 'an object', query)
  const unknown = Object.keys(query).find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) {
    throw new WaybillError('BAD_USER_INPUT', `The query has ${unknownName('argument', unknown, known)}`)
  }
  for (const [name, [expected, holds]] of Object.entries(known)) {
    if (!holds(query[name])) throw refusal(name, expected, query[name])
  }
}

/** @throws WaybillError INVALID_FILTER for what is no clause */
export function checkClauseTypes(clause: FilterClause): void {
  const given: unknown = clause
  const isClause =
    isObject(given) &&
    isText(given['field']) &&
    isText(given['operator']) &&
    (typeof given['value'] === 'number' ||
      (Array.isArray(given['values']) && given['values'].every((value: unknown) => isText(value))))
  if (isClause) {
    checkName(clause.field, 'field', OPERATORS)
    checkName(clause.operator, 'operator', OPERATORS[clause.field])
    return
  }
  throw new WaybillError(
    'INVALID_FILTER',
    'A clause of filter is an object of field, operator and values (an array of text), or value (milliseconds) for sentAt. parseMessageFilter of @waybill/core makes them from text.',
  )
}

const VALUES = { eq: true, ne: true, in: true, notIn: true, startsWith: true } as const
const TIMES = { gt: true, gte: true, lt: true, lte: true } as const

/** The operators that the clauses of each field know. */
const OPERATORS: Readonly<Record<FilterField, Readonly<Partial<Record<FilterOperator, true>>>>> = {
  source: VALUES,
  status: VALUES,
  type: VALUES,
  direction: VALUES,
  interactionId: VALUES,
  from: VALUES,
  to: VALUES,
  phone: VALUES,
  contact: VALUES,
  sentAt: TIMES,
}

function checkName(name: string, kind: string, known: object): void {
  if (Object.hasOwn(known, name)) return
  throw new WaybillError('INVALID_FILTER', `A clause of filter has ${unknownName(kind, name, known)}`)
}

/** An unknown name, shortened, with the nearest known one: the end of a sentence, and what to do. */
function unknownName(kind: string, name: string, known: object): string {
  const names = Object.keys(known)
  const nearest = nearestName(name, names)
  const meant = nearest === null ? '' : ` Did you mean "${nearest}"?`
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
  return `the unknown ${kind} "${shown}".${meant} Known: ${names.join(', ')}.`
}

const LONGEST_NAME = 40

/** What was given is named by its type alone: it may hold anything. */
function refusal(name: string, expected: string, given: unknown): WaybillError {
  const found = given === null ? 'null' : Array.isArray(given) ? 'an array' : typeof given
  return new WaybillError('BAD_USER_INPUT', `${name} is ${found}; give ${expected}.`)
}
