import { access } from './access.js'
import { completeness } from './completeness.js'
import { counts } from './counts.js'
import { download } from './download.js'
import { language } from './language.js'
import { list } from './list.js'
import { live } from './live.js'
import { message } from './message.js'
import { problems } from './problems.js'
import { search } from './search.js'
import { shell } from './shell.js'
import { sources } from './sources.js'
import { words } from './words.js'

/** Every text of the page, in the language of this visit. A feature has a file of its own here, with both languages. Those of
 * parts that are loaded late are loaded with them. */
export const texts = {
  access: access[language],
  completeness: completeness[language],
  counts: counts[language],
  download: download[language],
  list: list[language],
  live: live[language],
  message: message[language],
  problems: problems[language],
  search: search[language],
  shell: shell[language],
  sources: sources[language],
  words: words[language],
}
