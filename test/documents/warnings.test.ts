import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { section, tableRows } from '../support/markdown.js'
import { run } from '../support/run.js'
import { root } from '../support/workspace.js'

/** Warnings that no check of an upstream's data leads to: of what a provider declares, and of an archive. */
const UNCHECKED = ['FIELD_NOT_TOLD', 'ARCHIVE_LATE']

let codes: string[] = []

beforeAll(async () => {
  const script = `import { SOURCE_WARNING_CODES } from '@waybill/core'; console.log(JSON.stringify(SOURCE_WARNING_CODES))`
  const cwd = join(root, 'packages/engine')
  codes = JSON.parse(
    await run(process.execPath, ['--input-type=module', '--eval', script], { cwd }),
  ) as string[]
})

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, code = '']) => code)
}

describe('the codes of warnings', () => {
  it('are the rows of the table in the guarantees, in their order, and no other', () => {
    const rows = tableRows(section(read('docs/guarantees.md'), '### Warnings') ?? '')
    expect(rows.map((row) => codesIn(row)[0])).toEqual(codes)
  })

  it('are what the checks in the guarantees lead to, and no other', () => {
    const checked = section(read('docs/guarantees.md'), '## What is checked') ?? ''
    const named = tableRows(checked).flatMap(codesIn)
    expect(new Set([...named, ...UNCHECKED])).toEqual(new Set(codes))
  })

  it('are what the architecture says to be noticed somewhere, and no other', () => {
    const [, afterHead = ''] = read('docs/architecture.md').split(/^\| noticed .*$/m)
    const named = tableRows(afterHead.trimStart()).flatMap(codesIn)
    expect(new Set([...named, 'ARCHIVE_LATE'])).toEqual(new Set(codes))
  })
})
