import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import type * as engine from '../../src/index.js'

type Engine = typeof engine

const ENTRY = fileURLToPath(new URL('../../src/index.ts', import.meta.url))

test('a bundle for browsers imports no module of Node.js, and answers', async () => {
  const bundle = await rolldown({ input: ENTRY, platform: 'browser' })
  const { output } = await bundle.generate({ format: 'esm' })
  const imported = output.flatMap((file) =>
    file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : [],
  )
  const ofNode = imported.filter((name) => name.startsWith('node:') || builtinModules.includes(name))
  expect(ofNode).toEqual([])
  const [{ code }] = output
  expect(code).not.toMatch(/\b(?:Buffer\.from|require\(['"]node:)/)
  const module: unknown = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
  const { createEngine } = module as Engine
  const page = await createEngine({ sources: [] }).messages({ first: 1 })
  expect(page).toMatchObject({ edges: [], pageInfo: { hasNextPage: false } })
})
