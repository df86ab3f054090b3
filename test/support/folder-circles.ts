import { posix } from 'node:path'
import type { FoundImport } from './imports.js'

/**
 * The circles that a package has if each folder is taken as a whole, one line a circle: `store -> sync -> store`.
 *
 * It is looked for on every level: the entries of a folder are its own files, and its subfolders with all that is below
 * them. So two sibling folders may not import each other, not even by way of others, and what a subfolder imports from
 * its parent must be a file that does not import the subfolder.
 */
export function folderCircles(imports: readonly FoundImport[]): string[] {
  const edges = imports.filter(({ specifier }) => specifier.startsWith('.')).map(toEdge)
  const levels = new Set(edges.flatMap(([from, to]) => [...ancestors(from), ...ancestors(to)]))
  return [...levels].flatMap((level) => circlesWithin(level, edges))
}

/** A file, and a file that it imports. */
type Edge = readonly [from: string, to: string]

function toEdge({ file, specifier }: FoundImport): Edge {
  const from = file.replaceAll('\\', '/')
  return [from, posix.join(posix.dirname(from), specifier.replace(/\.js$/, '.ts'))]
}

function ancestors(file: string): string[] {
  const folder = posix.dirname(file)
  return folder === '.' ? [folder] : [folder, ...ancestors(folder)]
}

function circlesWithin(level: string, edges: readonly Edge[]): string[] {
  const neighbours = new Map<string, Set<string>>()
  for (const [from, to] of edges) {
    const [left, right] = [entryOf(from, level), entryOf(to, level)]
    if (left === null || right === null || left === right) continue
    neighbours.set(left, (neighbours.get(left) ?? new Set()).add(right))
  }
  const circles = [...neighbours.keys()].flatMap((start) => wayBack(start, neighbours) ?? [])
  return [...new Set(circles)]
}

/** What a folder has that leads to a file: the file itself or a subfolder; null for a file elsewhere. */
function entryOf(file: string, level: string): string | null {
  const prefix = level === '.' ? '' : `${level}/`
  return file.startsWith(prefix) ? prefix + (file.slice(prefix.length).split('/')[0] ?? '') : null
}

/** A shortest way from an entry to itself, written from the entry that comes first in the alphabet; null where it leads to no circle. */
function wayBack(start: string, neighbours: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const ways: (readonly string[])[] = [[start]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of neighbours.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return fromFirst(way)
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return null
}

function fromFirst(way: readonly string[]): string {
  const first = way.indexOf([...way].toSorted()[0] ?? '')
  const turned = [...way.slice(first), ...way.slice(0, first)]
  return [...turned, turned[0]].join(' -> ')
}
