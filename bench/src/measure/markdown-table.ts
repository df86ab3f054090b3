export type Cell = string | number

/** A Markdown table; numbers are rounded to at most two decimals, and set to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(textOf))
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...texts.map((row) => row[column]?.length ?? 0)),
  )
  const isNumeric = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, isNumeric[column] === true)).join(' | ')} |`
  const rule = widths.map(
    (width, column) => `${'-'.repeat(width - 1)}${isNumeric[column] === true ? ':' : '-'}`,
  )
  return [line(head), line(rule), ...texts.map(line)].join('\n')
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.toLocaleString('en-US', { maximumFractionDigits: 2 })
}

function pad(text: string, width: number, toTheRight: boolean): string {
  return toTheRight ? text.padStart(width) : text.padEnd(width)
}
