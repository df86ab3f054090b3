import { describe, expect, it } from 'vitest'
import { trackedFiles } from '../support/tracked-files.js'
import { readManifest, root } from '../support/workspace.js'

/** Every line that matches, as `path:line`. */
function occurrences(files: RegExp, pattern: RegExp): string[] {
  return trackedFiles(files).flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  )
}

describe('the repository', () => {
  it('names no folder of the machine that somebody worked on', () => {
    // A sample may stand in the home of a user called like the service.
    const folder = /(?:^|[^\w.:/])\/(?:work|root|tmp|Users|home(?!\/waybill\/))\/[\w.]/
    expect(occurrences(/./, folder)).toEqual([])
  })

  it('names no registry host, so that any mirror serves', () => {
    expect(occurrences(/./, /\b(?:registry\.(?:npmjs|yarnpkg)|npm\.jsr)\./)).toEqual([])
  })

  it('pins no place in the lockfile that a package is fetched from', () => {
    expect(occurrences(/^pnpm-lock\.yaml$/, /\btarball:|\bregistry:/)).toEqual([])
  })

  it('resolves engines against the Node that it runs on', () => {
    const [settings] = trackedFiles(/^pnpm-workspace\.yaml$/)
    const node = readManifest(root).devDependencies?.['node'] ?? ''
    expect(settings?.text).toContain(`nodeVersion: ${node}\n`)
  })
})

describe('the code', () => {
  it('silences neither the linter nor the compiler nor the formatter', () => {
    const silencing = /(?:oxlint|eslint)-disable|@ts-(?:ignore|nocheck)|(?:prettier|oxfmt)-ignore/
    expect(occurrences(/\.(?:ts|tsx|js|mjs)$/, silencing)).toEqual([])
  })

  it('expects a compiler error only in tests', () => {
    expect(occurrences(/\/src\/.*\.tsx?$/, /@ts-expect-(?:error)/)).toEqual([])
  })

  it('skips no test, under any condition', () => {
    const skipping = /\b(?:it|test|describe)\.(?:skip|todo|only|fails)|\.(?:skip|run)(?:If)\(/
    expect(occurrences(/\.test\.ts$/, skipping)).toEqual([])
  })
})
