import type { PageReport } from '@waybill/core'
import { integerText, isNothing, valueAt } from './value.js'

/**
 * What an envelope tells of a page, by any of the usual names.
 *
 * @param figures What may hold the page's figures, the likeliest first.
 */
export function readFigures(figures: readonly unknown[]): PageReport {
  return {
    total: figureOf(figures, ['total', 'totalCount', 'totalRecords', 'totalItems'], 0),
    pageSize: figureOf(figures, ['perPage', 'pageSize'], 1),
    lastPage: figureOf(figures, ['lastPage', 'totalPages', 'pages', 'pageCount'], 0),
    hasNextPage: nextPageOf(figures),
    number: figureOf(figures, ['currentPage', 'page', 'pageNumber'], 0),
    span: spanOf(figures),
  }
}

/** The rows that a page says to hold; null where it does not, or where they make no sense. */
function spanOf(places: readonly unknown[]): NonNullable<PageReport['span']> | null {
  const [from, to] = [figureOf(places, ['from'], 0), figureOf(places, ['to'], 0)]
  return from === null || to === null || to < from ? null : { from, to }
}

/** The first usable figure; what is no integer, or less than the least that makes sense, is as if it were not told. */
function figureOf(places: readonly unknown[], names: readonly string[], least: number): number | null {
  const told = names.flatMap((name) => places.map((place) => integerText(memberOf(place, [name]))))
  const figures = told.filter((value) => typeof value === 'string' && /^\d+$/.test(value)).map(Number)
  return figures.find((figure) => Number.isSafeInteger(figure) && figure >= least) ?? null
}

/** Where an envelope says whether another page follows: by its address, its number, or a plain yes or no. */
const NEXT_PAGE: readonly (readonly string[])[] = [
  ['nextPageUrl'],
  ['links', 'next'],
  ['hasMore'],
  ['hasMorePages'],
  ['hasNextPage'],
  ['hasNext'],
  ['nextPage'],
  ['nextCursor'],
  ['next'],
  ['more'],
]
const NO_WORDS: ReadonlySet<unknown> = new Set<unknown>([false, 0, '0', 'false', 'no', 'null'])

/**
 * Null where no member tells it. One that says yes outweighs others that say no: to look for a page that does not
 * exist costs a request, to miss one loses messages.
 */
function nextPageOf(places: readonly unknown[]): boolean | null {
  const told = places.flatMap((place) => NEXT_PAGE.map((path) => memberOf(place, path)))
  const answers = told.filter((value) => value !== undefined).map(saysYes)
  return answers.length === 0 ? null : answers.includes(true)
}

function saysYes(value: unknown): boolean {
  return !isNothing(value) && !NO_WORDS.has(typeof value === 'string' ? value.trim().toLowerCase() : value)
}

/** The value at a path whose names may be written in any case, with or without `_` and `-`; undefined where the body has none. */
function memberOf(place: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const key = Object.keys(value).find((each) => fold(each) === fold(name))
    return key === undefined ? undefined : valueAt(value, [key])
  }, place)
}

function fold(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase()
}
