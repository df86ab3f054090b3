import { describe, expect, it } from 'vitest'
import { trackedFiles } from '../support/tracked-files.js'
import { readManifest, root } from '../support/workspace.js'

const workflows = trackedFiles(/^\.github\/workflows\/.*\.yml$/)

function matches(pattern: RegExp): string[] {
  return workflows.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, found = '']) => found))
}

describe('the workflows', () => {
  it('pin every action to a commit, with its version beside it', () => {
    const actions = matches(/\buses: (.*)$/gm)
    expect(actions).not.toEqual([])
    expect(actions.filter((action) => !/^[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  it('run scripts that exist', () => {
    const named = matches(/\bpnpm(?:@\d+)? run ([\w:-]+)/g)
    expect(named).not.toEqual([])
    expect(named.filter((name) => readManifest(root).scripts?.[name] === undefined)).toEqual([])
  })

  it('publish without a token, with a statement of provenance', () => {
    const [release] = workflows.filter(({ path }) => path.endsWith('/release.yml'))
    expect(release?.text).toContain('id-token: write')
    expect(release?.text).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN/)
  })
})
