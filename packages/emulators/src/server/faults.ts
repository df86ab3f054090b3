/** What one request asked for. Holds nothing secret. */
export interface ReceivedRequest {
  readonly method: string
  /** Path as sent, without the query. */
  readonly path: string
  /** Path and query as sent. */
  readonly url: string
  /** The query's parameters in order, decoded; a repeated one appears as often as it was sent. */
  readonly searchParams: readonly (readonly [name: string, value: string])[]
  /** The query's parameters by name, decoded; of a repeated one the last. */
  readonly params: Readonly<Record<string, string>>
  readonly headers: {
    /** Name and port under which the server was asked. */
    readonly host: string | undefined
    readonly accept: string | undefined
    readonly acceptEncoding: string | undefined
    readonly userAgent: string | undefined
    readonly requestId: string | undefined
    readonly traceparent: string | undefined
  }
}

/**
 * Something that goes wrong with one request.
 *
 * - `status`: an error answer; without `body` the upstream's own for that status.
 * - `hang`: never answers. `hangBody`: sends the head and half of the body, then nothing more.
 * - `reset`: the connection is reset without an answer. `cutOff`: it is closed in the middle of the body.
 * - `truncatedJson`: a complete HTTP response whose JSON is cut in half.
 * - `html`: a proxy's HTML page. `redirect`: to `location`. `delay`: the right answer, later.
 * - `mutateItem`: fields of one listed item (or of the single message, index 0) are changed; undefined removes one.
 *   `replaceItem`: one listed item is something else entirely.
 * - `mutateBody`: the body is whatever `change` makes of the upstream's own (a copy, to be changed at will) before it is
 *   sent, for the request that it is handed. What it returns is sent as JSON, text as it is.
 * - `echoCredentials`: an error answer that repeats the credentials that were sent.
 */
export type Fault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      /** Text is sent as it is, anything else as JSON. */
      readonly body?: unknown
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'hangBody' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cutOff' }
  | { readonly kind: 'truncatedJson' }
  | { readonly kind: 'html'; /** Default 502. */ readonly status?: number }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'redirect'; readonly location: string; /** Default 302. */ readonly status?: number }
  | { readonly kind: 'mutateItem'; readonly index: number; readonly patch: Readonly<Record<string, unknown>> }
  | { readonly kind: 'replaceItem'; readonly index: number; readonly value: unknown }
  | { readonly kind: 'mutateBody'; readonly change: (body: unknown, request: ReceivedRequest) => unknown }
  | { readonly kind: 'echoCredentials'; /** Default 401. */ readonly status?: number }

/** One request that arrived, and what became of it. Holds nothing secret. */
export interface RequestRecord extends ReceivedRequest {
  readonly authorization: {
    /** Whether any credentials came. */
    readonly presented: boolean
    /** Whether they were right at that time. */
    readonly valid: boolean
  }
  /** When it arrived, in milliseconds since the epoch. */
  readonly time: number
  /** HTTP status of the answer; null until there is one. */
  status: number | null
  /** The kind of the fault that it met. */
  fault: Fault['kind'] | null
  /** What the upstream did not know and passed over: parameters as `name=value`. */
  ignored: string[]
}

/** Which faults happen to which requests. Every request meets the oldest fault that is due for it, at most one. */
export interface Faults {
  /** The next `times` requests (default 1) meet the fault. */
  next(fault: Fault, times?: number): void
  /** The next `times` requests (default: all) that the predicate accepts meet the fault. */
  when(predicate: (record: RequestRecord) => boolean, fault: Fault, times?: number): void
  /** Forgets all that is still to come. */
  clear(): void
}

/** {@link Faults} as the server sees them. */
export interface FaultScript extends Faults {
  /** The fault that this request meets, used up once. */
  take(record: RequestRecord): Fault | null
}

interface Rule {
  readonly predicate: (record: RequestRecord) => boolean
  readonly fault: Fault
  remaining: number
}

export function createFaultScript(): FaultScript {
  let rules: Rule[] = []
  const when: Faults['when'] = (predicate, fault, times = Infinity) => {
    rules.push({ predicate, fault, remaining: times })
  }
  return {
    when,
    next: (fault, times = 1) => when(() => true, fault, times),
    clear: () => {
      rules = []
    },
    take: (record) => {
      rules = rules.filter((rule) => rule.remaining > 0)
      const rule = rules.find(({ predicate }) => predicate(record))
      if (rule === undefined) return null
      rule.remaining--
      return rule.fault
    },
  }
}
