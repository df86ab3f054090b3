/** What is needed of WA.cr's emulator. */
interface Liar {
  readonly onRequest: (
    listener: (record: {
      readonly searchParams: readonly (readonly [name: string, value: string])[]
    }) => void,
  ) => unknown
  readonly faults: {
    when(
      predicate: (record: { readonly path: string }) => boolean,
      fault: {
        readonly kind: 'mutateBody'
        readonly change: (body: unknown, request: SentRequest) => unknown
      },
    ): void
  }
}

interface SentRequest {
  readonly params: Readonly<Record<string, string>>
}

/** A listed item as it is sent. */
export type SentItem = Record<string, unknown>

/** A list as it is sent in the envelope `data-meta`. */
export interface SentList extends Record<string, unknown> {
  readonly data: SentItem[]
  readonly meta: Readonly<Record<string, unknown>>
}

/** From the next request on, WA.cr passes over the parameters whose names are given, as if they had not been sent. */
export function passOver({ onRequest }: Pick<Liar, 'onRequest'>, ...names: readonly string[]): void {
  replaceParameters({ onRequest }, (name) => (names.some((each) => name.startsWith(each)) ? null : undefined))
}

/** From the next request on, WA.cr lists in this order, whatever it is asked for. */
export function sortAlways({ onRequest }: Pick<Liar, 'onRequest'>, sort: string): void {
  replaceParameters({ onRequest }, (name) => (name === 'sort' ? sort : undefined))
}

/** From the next request on, WA.cr makes its pages of another size than it is asked for. */
export function resizePages({ onRequest }: Pick<Liar, 'onRequest'>, resize: (asked: number) => number): void {
  replaceParameters({ onRequest }, (name, sent) =>
    name === 'per_page' ? `${resize(Number(sent))}` : undefined,
  )
}

/** @param replace the value in place of the one that was sent; null: none; undefined: the one that was sent */
function replaceParameters(
  { onRequest }: Pick<Liar, 'onRequest'>,
  replace: (name: string, sent: string) => string | null | undefined,
): void {
  onRequest((record) => {
    const searchParams = record.searchParams.flatMap(([name, sent]) => {
      const value = replace(name, sent)
      return value === null ? [] : [[name, value ?? sent] as const]
    })
    Object.assign(record, { searchParams })
  })
}

/** From the next request on, the body of every list is changed before it is sent. */
export function changeLists(
  { faults }: Pick<Liar, 'faults'>,
  change: (list: SentList, request: SentRequest) => unknown,
): void {
  faults.when(({ path }) => path.endsWith('/messages'), {
    kind: 'mutateBody',
    change: (body, request) => change(body as SentList, request),
  })
}

/** From the next request on, rows are left out of every page after it was cut, and are counted all the same. */
export function hideRows(emulator: Pick<Liar, 'faults'>, isHidden: (id: number) => boolean): void {
  changeLists(emulator, (list) => ({ ...list, data: list.data.filter(({ id }) => !isHidden(Number(id))) }))
}
