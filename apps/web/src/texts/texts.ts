import { access } from './access.js'
import { language } from './language.js'
import { list } from './list.js'
import { live } from './live.js'
import { message } from './message.js'
import { problems } from './problems.js'
import { search } from './search.js'
import { shell } from './shell.js'
import { words } from './words.js'

/** Every text of the page, in the language of this visit. A feature has a file of its own here, with both languages. */
export const texts = {
  access: access[language],
  list: list[language],
  live: live[language],
  message: message[language],
  problems: problems[language],
  search: search[language],
  shell: shell[language],
  words: words[language],
}
