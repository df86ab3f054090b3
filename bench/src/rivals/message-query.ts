/** What every server of the comparison is asked for: a page of fifty, nine fields of each message. */
export const FIELDS = 'id upstreamId direction type status text from interactionId sentAt' satisfies string

export const PAGE_QUERY = `query Page { messages(first: 50) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`

export const PAGE_SIZE = 50

/** A row of the archive's table, as far as it is read by hand. */
export interface StoredRow {
  readonly id_key: string
  readonly sent_at: number
  readonly body: string
}

/** Fifty and one more, newest first, by the index that has them in this order. */
export const PAGE_SQL =
  'select id_key, sent_at, body from messages where source = $1 order by sent_at desc, id_key desc limit $2'

interface StoredMessage {
  readonly upstreamId: string
  readonly direction: string | null
  readonly type: string | null
  readonly status: string | null
  readonly text: string | null
  readonly from: string | null
  readonly interactionId: string | null
  readonly sentAt: number
}

/** A message in the answer. */
export type AnsweredMessage = Omit<StoredMessage, 'sentAt'> & { readonly id: string; readonly sentAt: string }

/** The page that the rows make, as a program written for this one query makes it. */
export function toPage(
  source: string,
  rows: readonly StoredRow[],
): {
  readonly nodes: readonly AnsweredMessage[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
} {
  const shown = rows.slice(0, PAGE_SIZE)
  const last = shown.at(-1)
  return {
    nodes: shown.map((row) => {
      const { upstreamId, direction, type, status, text, from, interactionId, sentAt } = JSON.parse(
        row.body,
      ) as StoredMessage
      return {
        id: Buffer.from(JSON.stringify(['Message', source, upstreamId])).toString('base64url'),
        upstreamId,
        direction,
        type,
        status,
        text,
        from,
        interactionId,
        sentAt: new Date(sentAt).toISOString(),
      }
    }),
    pageInfo: {
      hasNextPage: rows.length > PAGE_SIZE,
      endCursor:
        last === undefined
          ? null
          : Buffer.from(JSON.stringify([last.sent_at, last.id_key])).toString('base64url'),
    },
  }
}
