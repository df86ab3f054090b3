import { describe, expect, it } from 'vitest'
import { trackedFiles } from '../support/tracked-files.js'

const decisions = trackedFiles(/^docs\/decisions\/\d{4}-.*\.md$/).map(({ path, text }) => ({
  file: path.split('/').at(-1) ?? '',
  text,
}))
const [index] = trackedFiles(/^docs\/decisions\/README\.md$/)

describe('the decisions', () => {
  it('are numbered without a gap', () => {
    expect(decisions.map(({ file }) => Number(file.slice(0, 4)))).toEqual(decisions.map((_, at) => at + 1))
  })

  it('have their number in their title, and context, decision and consequence', () => {
    const wrong = decisions.filter(
      ({ file, text }) =>
        !text.startsWith(`# ${Number(file.slice(0, 4))}. `) ||
        !/\*\*Context\.\*\*[\s\S]*\*\*Decision\.\*\*[\s\S]*\*\*Consequence\.\*\*/.test(text),
    )
    expect(wrong.map(({ file }) => file)).toEqual([])
  })

  it('are all in the index, in their order', () => {
    const listed = [...(index?.text ?? '').matchAll(/^(\d+)\. \[[^\]]+\]\(([^)]+)\)/gm)]
    expect(listed.map(([, number, file]) => `${number} ${file}`)).toEqual(
      decisions.map(({ file }) => `${Number(file.slice(0, 4))} ${file}`),
    )
  })
})
