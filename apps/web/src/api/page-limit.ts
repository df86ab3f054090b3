import type { UpdateResolver } from '@urql/exchange-graphcache'

/** How many pages of lists are kept: some thousand messages. Older pages are requested again when they are scrolled to. */
const KEPT_PAGES = 60

/** Forgets the pages that were read longest ago, so that a long list does not fill the memory. */
export const limitPages: UpdateResolver = (_result, _arguments, cache) => {
  const pages = cache.inspectFields('Query').filter(({ fieldName }) => fieldName === 'messages')
  for (const page of pages.slice(0, -KEPT_PAGES)) cache.invalidate('Query', 'messages', page.arguments)
}
