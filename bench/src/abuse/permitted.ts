import { type Attack, outcomeOf, send } from './documents.ts'

const FIELDS =
  'id upstreamId whatsappId direction type rawType status text from to contact { id basis } interactionId isRead sentAt failure { code reason } raw statusHistory { status observedAt } textHistory { text replacedAt }'

/** Many of the most expensive queries that the limits permit, at once. */
function together(name: string, count: number, query: string): Attack {
  return {
    name: `${count} at once: ${name}`,
    run: async (url) => {
      const outcomes = new Map<string, number>()
      const answers = Array.from({ length: count }, async () =>
        outcomeOf(await send(url, JSON.stringify({ query }))),
      )
      for (const outcome of await Promise.all(answers))
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      return [...outcomes].map(([outcome, times]) => `${times} × ${outcome}`).join(', ')
    },
  }
}

const introspection =
  '{ __schema { types { name description fields { name description args { name description type { name } } type { name ofType { name ofType { name } } } } } } }'
const whole = `{ messages(first: 500, filter: { source: { eq: "shop" } }) { nodes { ${FIELDS} } } }`
const wholeTimes = (count: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `m${index}: messages(first: 500, filter: { source: { eq: "shop" } }) { nodes { ${FIELDS} } }`).join(' ')} }`

export const PERMITTED_ATTACKS: readonly Attack[] = [
  together('500 messages with all fields', 1, whole),
  together('500 messages with all fields', 8, whole),
  together('500 messages with all fields', 64, whole),
  together('the most messages that one query may have', 8, wholeTimes(6)),
  together('the schema', 8, introspection),
  together(
    'counts by day, type, status and source',
    8,
    '{ messageCounts(by: [DAY, TYPE, STATUS, SOURCE, DIRECTION], filter: { source: { eq: "shop" } }) { total groups { count period } } }',
  ),
  together(
    'ten searches that find nothing',
    8,
    `{ ${Array.from({ length: 10 }, (_, index) => `m${index}: messages(search: "qx${index}", filter: { source: { eq: "shop" } }) { totalCount nodes { id } }`).join(' ')} }`,
  ),
]
