import type { ListRequest, ListResult, Message, MessageProvider } from '@waybill/core'

/** What a test asks of a list; everything, newest first, where it says nothing. */
export type Question = Partial<Omit<ListRequest, 'page'>>

const NEWEST_FIRST = { field: 'createdAt', direction: 'desc' } as const

const MOST_PAGES = 5000

/** One page of a list. */
export function readPage(
  provider: MessageProvider,
  question: Question,
  after: string | null = null,
  limit = 500,
  signal?: AbortSignal,
): Promise<ListResult> {
  return provider.list(
    {
      filter: [],
      search: null,
      sort: NEWEST_FIRST,
      fields: null,
      ...question,
      page: { kind: 'cursor', after, limit, total: true },
    },
    { signal },
  )
}

/** All pages of a list. @param between what happens after each page. */
export async function readAll(
  provider: MessageProvider,
  question: Question,
  limit = 500,
  between: (page: ListResult) => Promise<void> | void = () => undefined,
): Promise<Message[]> {
  const messages: Message[] = []
  let after: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await readPage(provider, question, after, limit)
    messages.push(...page.messages)
    await between(page)
    after = page.cursor?.cursors.at(-1) ?? null
    if (page.cursor?.hasNextPage !== true) return messages
  }
  throw new Error(`No end after ${MOST_PAGES} pages`)
}
