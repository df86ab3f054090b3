import {
  printMessageSort,
  type FilterClause,
  type ListRequest,
  type MessageSort,
  type PageRequest,
} from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { ConformanceFailure, expectEqual } from '../check/conformance-failure.js'
import { attempt, rejectionOf } from '../read/rejection.js'
import { expectSelection } from '../read/selection.js'
import { readAll, requestFor } from '../read/reads.js'
import { rowsWithin, setStage, type Subject } from '../read/stage.js'
import { SOURCE_FIELDS, TIME_OPERATORS, VALUE_FIELDS, VALUE_OPERATORS } from '../world/rows.js'
import { clauseOf } from './declared-clauses.js'

const PLACES: readonly PageRequest[] = [
  { kind: 'window', limit: 1 },
  { kind: 'page', number: 1, size: 1 },
  { kind: 'cursor', after: null, limit: 1 },
]
const SORTS: readonly MessageSort[] = (['createdAt', 'updatedAt'] as const).flatMap((field) =>
  (['desc', 'asc'] as const).map((direction) => ({ field, direction })),
)

/** What the capabilities do not declare is a mistake of the caller, for which nothing goes upstream. */
export function refusalCases(subject: Subject): CaseDefinition[] {
  const { paging, sorts, search } = subject.capabilities
  const refuses = (name: string, change: Partial<ListRequest>): CaseDefinition => ({
    name: `refuses: ${name}`,
    run: () => expectRefusal(subject, name, change),
  })
  const foreignSorts = SORTS.filter(
    (sort) => !sorts.some(({ field, direction }) => field === sort.field && direction === sort.direction),
  )
  return [
    ...undeclaredClauses(subject).map((clause) =>
      refuses(`filter ${clause.field} ${clause.operator}`, { filter: [clause] }),
    ),
    ...foreignSorts.map((sort) => refuses(`sort ${printMessageSort(sort)}`, { sort })),
    ...PLACES.filter(({ kind }) => kind !== paging.kind).map((page) =>
      refuses(`paging ${page.kind}`, { page }),
    ),
    ...(search === 'none' ? [refuses('search', { search: 'order' })] : []),
    ...unsayableCases(subject),
  ]
}

async function expectRefusal(subject: Subject, name: string, change: Partial<ListRequest>): Promise<void> {
  const { provider, capabilities, traffic } = await setStage(subject, { count: 1 })
  const before = traffic?.requests()
  const error = await rejectionOf(name, () => provider.list({ ...requestFor(capabilities, {}), ...change }))
  if (!(error instanceof TypeError))
    throw new ConformanceFailure(name, { expected: 'a TypeError', found: error })
  expectEqual(`HTTP requests after ${name}`, traffic?.requests(), before)
}

function undeclaredClauses({ capabilities }: Subject): FilterClause[] {
  const { fields } = capabilities
  const declared = SOURCE_FIELDS.flatMap((field) => {
    const operators = field === 'sentAt' ? TIME_OPERATORS : VALUE_OPERATORS
    const missing = operators.filter((operator) => fields[field].operators?.[operator] === undefined)
    return missing.map((operator) => clauseOf(field, operator, [SAMPLES[field] ?? '1'], 0))
  })
  const parties = (['phone', 'contact'] as const).flatMap((field) =>
    VALUE_OPERATORS.filter((operator) => capabilities[field]?.[operator] === undefined).map((operator) =>
      clauseOf(field, operator, ['+14155550101'], 0),
    ),
  )
  return [...declared, ...parties, clauseOf('source', 'eq', ['+14155550101'], 0)]
}

const SAMPLES: Readonly<Record<string, string>> = { status: 'SENT', type: 'TEXT', direction: 'OUTBOUND' }

/** Values that a field's own declaration rules out: refused, or answered rightly all the same. */
function unsayableCases(subject: Subject): CaseDefinition[] {
  return VALUE_FIELDS.flatMap((field) => {
    const { domain, operators = {}, listSeparator = null } = subject.capabilities.fields[field]
    const rest = domain.kind === 'values' && domain.rest !== undefined ? [domain.rest] : []
    const separated = listSeparator === null ? [] : [`TEXT${listSeparator}SENT`]
    const foreign = domain.kind === 'integer' ? ['7a', '07', ''] : []
    const clauses = VALUE_OPERATORS.filter((operator) => operators[operator] !== undefined).flatMap(
      (operator) => [...rest, ...separated, ...foreign].map((value) => clauseOf(field, operator, [value], 0)),
    )
    const run = async (): Promise<void> => {
      for (const clause of clauses) await expectRefusedOrRight(subject, clause)
    }
    return clauses.length === 0
      ? []
      : [{ name: `refuses or answers rightly: values of ${field} that its domain excludes`, run }]
  })
}

async function expectRefusedOrRight(subject: Subject, clause: FilterClause): Promise<void> {
  const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 32) })
  const before = stage.traffic?.requests()
  const outcome = await attempt(() =>
    stage.provider.list(requestFor(stage.capabilities, { filter: [clause] })),
  )
  if ('value' in outcome) {
    expectSelection(stage, { filter: [clause] }, (await readAll(stage, { filter: [clause] })).messages)
    return
  }
  if (!(outcome.error instanceof TypeError)) {
    throw new ConformanceFailure(JSON.stringify(clause), { expected: 'a TypeError', found: outcome.error })
  }
  expectEqual(`HTTP requests after ${JSON.stringify(clause)}`, stage.traffic?.requests(), before)
}
