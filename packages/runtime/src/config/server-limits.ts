import { z } from 'zod'

/** What the server does at most, for one query, one caller, and all of them; `server.limits` of the configuration. */
export type ServerLimits = Readonly<Record<keyof typeof COUNTS | keyof typeof SECONDS, number>> &
  /** Null: no limit. */
  Readonly<Record<keyof typeof PER_MINUTE, number | null>>

const COUNTS = {
  maxTokens: [2000, 'The most tokens of a GraphQL document.'],
  maxDepth: [12, 'How deep fields may be nested; introspection does not count.'],
  maxFields: [1000, 'The most fields of an operation, fragments expanded.'],
  maxReads: [
    100,
    'The most points for reading: 10 for each list and each introspection of the schema, 5 for a type, 1 for each single object.',
  ],
  maxAliases: [250, 'The most aliases of an operation, fragments expanded.'],
  maxDirectives: [50, 'The most directives in a document.'],
  maxVariables: [100, 'The most variables of an operation.'],
  maxOperationNameLength: [256, "The most characters of an operation's name."],
  maxCost: [
    100_000,
    'The most values that the answer to an operation may hold, its lists at their greatest length.',
  ],
  maxBodyBytes: [524_288, "The most bytes of a GraphQL request's body."],
  maxInputValues: [
    10_000,
    'The most values in the parameters of a GraphQL request: items of lists and members of objects.',
  ],
  maxLogBytes: [
    4_294_967_296,
    'The most bytes of a log that is sent to be reconciled. Until the answer is complete, the log and the compared messages are kept on disk.',
  ],
  maxAnswerBytes: [16_777_216, 'The most bytes of the values of one answer.'],
  maxHeldBytesPerCaller: [
    134_217_728,
    'The most bytes of the values of all answers of one caller that are being made or were not read yet. The bodies that a caller is sending may have a sixteenth of that.',
  ],
  maxUpstreamRequests: [200, 'The most upstream requests of one operation, details included.'],
  maxOperations: [256, 'The most operations and downloads at the same time.'],
  maxOperationsPerCaller: [128, 'The most operations and downloads of one caller at the same time.'],
  maxLogs: [8, 'The most logs that are received and reconciled at the same time.'],
  maxLogsPerCaller: [2, 'The most logs of one caller that are received and reconciled at the same time.'],
  maxConnections: [1024, 'The most connections at the same time; an idle one gives way to a new one.'],
  maxConnectionsPerAddress: [512, 'The most connections from one address at the same time.'],
} as const

const PER_MINUTE = {
  requestsPerMinute: 'The most requests of one caller in a minute. Default: no limit.',
  costPerMinute: 'The most cost of the operations of one caller in a minute. Default: no limit.',
  upstreamRequestsPerMinute: 'The most upstream requests for one caller in a minute. Default: no limit.',
} as const

const SECONDS = {
  operationSeconds: [60, 'How long one operation may take.'],
  headersSeconds: [15, 'How long the headers of a request may take to arrive.'],
  requestSeconds: [
    30,
    'How long a whole request may take to arrive. For POST /reconcile: how long the upload may make no progress.',
  ],
  keepAliveSeconds: [
    75,
    'How long a connection is kept that is idle, or whose client reads nothing of its answer.',
  ],
  drainSeconds: [
    0,
    'How long the server still accepts requests after the signal to stop; /readyz is already 503.',
  ],
  shutdownSeconds: [10, 'How long requests in progress may take to finish after that.'],
} as const

/** The limits that are given, and the defaults of all others. */
export function fillLimits(given: Partial<ServerLimits> = {}): ServerLimits {
  const presets = [...Object.entries(COUNTS), ...Object.entries(SECONDS)].map(([name, [preset]]) => [
    name,
    preset,
  ])
  const unlimited = Object.keys(PER_MINUTE).map((name) => [name, null])
  return { ...Object.fromEntries([...presets, ...unlimited]), ...given } as ServerLimits
}

/** The section `server.limits`. */
export const limitsSchema: z.ZodType<Partial<ServerLimits>> = z
  .strictObject(
    Object.fromEntries([
      ...Object.entries(COUNTS).map(([name, [preset, text]]) => [
        name,
        count(text).default(preset).optional(),
      ]),
      ...Object.entries(PER_MINUTE).map(([name, text]) => [name, count(text).optional()]),
      ...Object.entries(SECONDS).map(([name, [preset, text]]) => [
        name,
        span(preset, text).default(preset).optional(),
      ]),
    ]) as Record<string, z.ZodType>,
    { error: 'an object' },
  )
  .describe('Limits for one query, for one caller, and for all callers together.')

function count(description: string): z.ZodInt {
  const error = 'an integer of at least 1'
  return z.int({ error }).min(1, { error }).describe(description)
}

// Where a span of 0 is the default, 0 may be set as well.
function span(preset: number, description: string): z.ZodNumber {
  const error = `a number of seconds ${preset === 0 ? 'of at least' : 'greater than'} 0`
  const number = z.number({ error }).describe(description)
  return preset === 0 ? number.min(0, { error }) : number.positive({ error })
}
