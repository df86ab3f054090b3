/** The contents of the fenced blocks in one language, in order. */
export function codeBlocks(markdown: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\s*\\n([\\s\\S]*?)^\`\`\`\\s*$`, 'gm')
  return [...markdown.matchAll(fence)].map(([, code = '']) => code)
}

/** The text below a heading, up to the next heading of the same or a higher level; undefined without the heading. */
export function section(markdown: string, heading: string): string | undefined {
  const level = /^#+/.exec(heading)?.[0].length ?? 0
  const lines = markdown.split('\n')
  const start = lines.findIndex((line) => line.trim() === heading)
  if (start === -1) return undefined
  const rest = lines.slice(start + 1)
  const end = endOfSection(rest, level)
  return rest.slice(0, end).join('\n')
}

function endOfSection(lines: readonly string[], level: number): number {
  let fenced = false
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('```')) fenced = !fenced
    const depth = /^(#+)\s/.exec(line)?.[1]?.length ?? Number.POSITIVE_INFINITY
    if (!fenced && depth <= level) return index
  }
  return lines.length
}

/** The rows of the first table of a text, without its head. */
export function tableRows(text: string): string[] {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith('| ---'))
  const rows = lines.slice(start + 1)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return end === -1 ? rows : rows.slice(0, end)
}

/** The targets of all links and images, without what is inside fenced blocks. */
export function linkTargets(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```\s*$/gm, '').replaceAll(/`[^`\n]*`/g, '')
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)]
  return [...inline, ...references].map(([, target = '']) => target)
}

/** The anchors that GitHub gives a document's headings. */
export function anchors(markdown: string): Set<string> {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```\s*$/gm, '')
  const headings = [...prose.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, text = '']) => slug(text))
  const seen = new Map<string, number>()
  return new Set(
    headings.map((heading) => {
      const count = seen.get(heading) ?? 0
      seen.set(heading, count + 1)
      return count === 0 ? heading : `${heading}-${count}`
    }),
  )
}

function slug(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
}
