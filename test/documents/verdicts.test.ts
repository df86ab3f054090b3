import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { section, tableRows } from '../support/markdown.js'
import { run } from '../support/run.js'
import { root } from '../support/workspace.js'

let verdicts: readonly string[] = []
let reasons: readonly string[] = []

beforeAll(async () => {
  const script = `import { DOUBT_REASONS, VERDICTS } from '@waybill/reconcile'; console.log(JSON.stringify([VERDICTS, DOUBT_REASONS]))`
  const cwd = join(root, 'packages/runtime')
  const lists = JSON.parse(
    await run(process.execPath, ['--input-type=module', '--eval', script], { cwd }),
  ) as string[][]
  ;[verdicts = [], reasons = []] = lists
})

/** What the first table of a section names, row by row. */
function rowNames(file: string, heading: string): string[] {
  const rows = tableRows(section(readFileSync(join(root, file), 'utf8'), heading) ?? '')
  return rows.map((row) => /^\| `([A-Z_]+)` *\|/.exec(row)?.[1] ?? row)
}

describe('what a reconciliation can find', () => {
  it('is explained by the audit guide, verdict by verdict', () => {
    expect(rowNames('docs/guides/audit.md', '## Does our send log agree with the history?')).toEqual(verdicts)
  })

  it('is explained by the README of the package, verdict by verdict', () => {
    const names = rowNames('packages/reconcile/README.md', '## Rules and verdicts')
    expect(names.toSorted()).toEqual(verdicts.toSorted())
  })

  it('has its reasons for CANNOT_TELL in the audit guide', () => {
    const names = rowNames('docs/guides/audit.md', '### A report with gaps')
    expect(names.toSorted()).toEqual(reasons.toSorted())
  })
})
