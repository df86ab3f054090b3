/** A page that has all it shows in its HTML: with as many bytes no browser can show the same sooner. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { childArgument } from '../measure/child.ts'
import { listen } from './listen.ts'

const TYPES: readonly (readonly [file: string, type: string])[] = [
  ['index.html', 'text/html; charset=utf-8'],
  ['page.css', 'text/css; charset=utf-8'],
  ['page.js', 'text/javascript; charset=utf-8'],
]

const { folder } = childArgument() as { readonly folder: string }
const files = new Map(
  TYPES.map(([file, type]) => [`/${file}`, { type, body: readFileSync(join(folder, file)) }]),
)

listen((request, response) => {
  const file = files.get(request.url === '/' ? '/index.html' : (request.url ?? ''))
  if (file === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': file.type }).end(file.body)
})
