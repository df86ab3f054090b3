import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { trackedFiles } from '../support/tracked-files.js'
import { root } from '../support/workspace.js'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

interface Compose {
  readonly services: Readonly<
    Record<string, { readonly environment: Readonly<Record<string, string>>; readonly volumes: string[] }>
  >
}

interface Board {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
}

const rules = (parse(read('deploy/alerts.yaml')) as Alerts).groups.flatMap((group) => group.rules)
const board = JSON.parse(read('deploy/grafana.json')) as Board

describe('what is deployed', () => {
  it('watches metrics that exist', () => {
    const sources = trackedFiles(/^apps\/graphql\/src\/server\/.*\.ts$/)
    const defined = sources.flatMap(({ text }) =>
      [...text.matchAll(/'(waybill_[a-z_]+)'/g)].map(([, name]) => name),
    )
    const expressions = [
      ...rules.map(({ expr }) => expr),
      ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ]
    const used = expressions.flatMap((text) => text.match(/waybill_[a-z_]+/g) ?? [])
    expect(used.length).toBeGreaterThan(15)
    for (const name of used) expect(defined).toContain(name.replace(/_(?:bucket|count|sum)$/, ''))
  })

  it('has a line of advice for each alert', () => {
    const page = read('docs/operations.md')
    const named = [...page.matchAll(/^\| `(Waybill\w+)`/gm)].map(([, name]) => name)
    expect(named).toEqual(rules.map(({ alert }) => alert))
  })

  it('gives the container every variable that its configuration names', () => {
    const variables = [...read('deploy/waybill.config.json').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)
    const { services } = parse(read('deploy/compose.yaml')) as Compose
    expect(new Set(Object.keys(services['waybill']?.environment ?? {}))).toEqual(new Set(variables))
  })

  it('runs neither as root nor with a writable system', () => {
    expect(read('deploy/Containerfile')).toMatch(/^USER node$/m)
    expect(parse(read('deploy/compose.yaml'))).toMatchObject({
      services: { waybill: { read_only: true, cap_drop: ['ALL'] } },
    })
    const unit = read('deploy/waybill.service')
    for (const setting of ['ProtectSystem=strict', 'NoNewPrivileges=yes', 'UMask=0077', 'User=waybill'])
      expect(unit).toContain(setting)
  })
})
