/** What was measured at one place of a curve. */
export interface Point {
  readonly x: number
  readonly perSecond: number
  readonly p99Ms: number
}

const WIDTH = 640
const HEIGHT = 300
const MARGIN = { left: 60, right: 60, top: 40, bottom: 44 }
const RATE_COLOR = '#1f6f8b'
const LATENCY_COLOR = '#b5541c'

/** A curve as SVG, both axes logarithmic: requests/s on the left, the 99th percentile of the latency on the right. */
export function drawCurve(title: string, unit: string, points: readonly Point[]): string {
  const x = scale(
    points.map((point) => point.x),
    MARGIN.left,
    WIDTH - MARGIN.right,
  )
  const rate = scale(decadesOf(points.map(({ perSecond }) => perSecond)), HEIGHT - MARGIN.bottom, MARGIN.top)
  const latency = scale(decadesOf(points.map(({ p99Ms }) => p99Ms)), HEIGHT - MARGIN.bottom, MARGIN.top)
  const line = (color: string, y: (point: Point) => number): string => {
    const places = points.map((point) => [x.at(point.x), y(point)] as const)
    const path = places.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ')
    const dots = places.map(
      ([left, top]) => `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="3" fill="${color}"/>`,
    )
    return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>${dots.join('')}`
  }
  const bottom = HEIGHT - MARGIN.bottom
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${MARGIN.left}" y="20" font-size="14" fill="#222222">${title}</text>`,
    `<path d="M${MARGIN.left} ${MARGIN.top}V${bottom}H${WIDTH - MARGIN.right}V${MARGIN.top}" fill="none" stroke="#999999"/>`,
    ...points.map((point) => label(x.at(point.x), bottom + 16, short(point.x), 'middle', '#222222')),
    label(WIDTH / 2, HEIGHT - 8, unit, 'middle', '#222222'),
    ...rate.marks.map((value) => label(MARGIN.left - 6, rate.at(value) + 4, short(value), 'end', RATE_COLOR)),
    ...latency.marks.map((value) =>
      label(WIDTH - MARGIN.right + 6, latency.at(value) + 4, `${short(value)} ms`, 'start', LATENCY_COLOR),
    ),
    label(MARGIN.left, 36, 'requests/s', 'start', RATE_COLOR),
    label(WIDTH - MARGIN.right, 36, 'p99', 'end', LATENCY_COLOR),
    line(RATE_COLOR, ({ perSecond }) => rate.at(perSecond)),
    line(LATENCY_COLOR, ({ p99Ms }) => latency.at(p99Ms)),
    '</svg>\n',
  ].join('\n')
}

interface Scale {
  at(value: number): number
  /** Values that are written beside the axis. */
  readonly marks: readonly number[]
}

/** Logarithmic: equal ratios are equal distances. The first and the last mark stand at the ends. */
function scale(marks: readonly number[], from: number, to: number): Scale {
  const [least, most] = [Math.min(...marks), Math.max(...marks)]
  const span = Math.log(most / least) || 1
  return { at: (value) => from + ((to - from) * Math.log(Math.max(value, least) / least)) / span, marks }
}

/** The powers of ten that some values lie between: what hardly changes is drawn as a level line. */
function decadesOf(values: readonly number[]): number[] {
  const [least, most] = [Math.max(Math.min(...values), 0.1), Math.max(...values, 0.1)]
  const first = Math.floor(Math.log10(least))
  const last = Math.max(Math.ceil(Math.log10(most)), first + 1)
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
}

function label(x: number, y: number, text: string, anchor: string, color: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${color}">${text}</text>`
}

function short(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })
}
