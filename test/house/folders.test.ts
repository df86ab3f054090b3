import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderCircles } from '../support/folder-circles.js'
import { type FoundImport, importsOf } from '../support/imports.js'
import { workspacePackages } from '../support/workspace.js'

function imports(...lines: readonly string[]): FoundImport[] {
  return lines.map((line) => {
    const [file = '', specifier = ''] = line.split(' ')
    return { file, specifier }
  })
}

describe('folders that import each other', () => {
  it.each([
    ['siblings', imports('a/x.ts ../b/y.js', 'b/z.ts ../a/w.js'), ['a -> b -> a']],
    [
      'siblings, by way of a third and of their subfolders',
      imports('a/deep/x.ts ../../b/y.js', 'b/z.ts ../c/deep/v.js', 'c/u.ts ../a/w.js'),
      ['a -> b -> c -> a'],
    ],
    [
      'siblings further down',
      imports('top/a/x.ts ../b/y.js', 'top/b/z.ts ../a/w.js'),
      ['top/a -> top/b -> top/a'],
    ],
    ['a file and the folder beside it', imports('x.ts ./a/y.js', 'a/z.ts ../x.js'), ['a -> x.ts -> a']],
  ])('are found: %s', (_, found, expected) => {
    expect(folderCircles(found)).toEqual(expected)
  })

  it.each([
    ['a folder that only uses', imports('a/x.ts ../b/y.js', 'a/z.ts ../b/w.js')],
    [
      'a subfolder that uses a file which does not use it',
      imports('a/x.ts ./sub/y.js', 'a/sub/y.ts ../types.js'),
    ],
    ['packages', imports('a/x.ts b', 'b/y.ts a')],
  ])('are not seen where there are none: %s', (_, found) => {
    expect(folderCircles(found)).toEqual([])
  })
})

describe.each(workspacePackages)('$name', ({ path }) => {
  it('has no circle of folders', () => {
    expect(folderCircles(importsOf(join(path, 'src')))).toEqual([])
  })
})
