import type { Measure } from '../compare/measure.ts'
import { comparePages } from '../compare/page-contest.ts'

const TITLE = 'A page of fifty from SQLite'

export const measure: Measure = {
  title: TITLE,
  about:
    '`messages(first: 50)` with nine fields and `pageInfo`, over HTTP, 200,000 messages in an archive in SQLite. By hand: `node:http`, one statement, `JSON.parse` of each row, `JSON.stringify`. All connections send the same request, and those that are in flight share one answer.',
  run: (stage) => comparePages(stage, TITLE),
}
