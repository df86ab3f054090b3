import type { MessageProvider } from '@waybill/core'
import { CompiledQuery, type KyselyPlugin, type QueryId, type RootOperationNode } from 'kysely'
import { databaseOf, storeOf } from '../../src/open/archive.js'
import type { ArchiveDatabase } from '../../src/database/archive-database.js'
import type { Archive } from '../../src/index.js'
import { createArchivedSource } from '../../src/source/archived-source.js'
import { liveProvider } from './live-provider.js'

/** A source of an archive whose queries can be explained. */
export interface ExplainedSource {
  readonly provider: MessageProvider
  /** The queries since it was last asked, each as its database explains it, a line for each step. */
  explain(): Promise<readonly Step[]>
}

/** What a database does with the messages in one step of a query. */
export interface Step {
  /** The index that it goes by; null where it reads the table from one end to the other. */
  readonly index: string | null
  /** How many rows it looked at; null where the database does not tell. */
  readonly rows: number | null
}

export function explainedSource(archive: Archive, id: string): ExplainedSource {
  const database = databaseOf(archive)
  const nodes = new Map<QueryId, RootOperationNode>()
  const executed: Executed[] = []
  const recorder: KyselyPlugin = {
    // Asked for the parts of a query as well, which are not executed by themselves.
    transformQuery: ({ node, queryId }) => {
      nodes.set(queryId, node)
      return node
    },
    transformResult: async ({ result, queryId }) => {
      const node = nodes.get(queryId)
      if (node !== undefined)
        executed.push(database.db.getExecutor().compileQuery(node, { queryId: 'explained' }))
      return result
    },
  }
  const recorded: ArchiveDatabase = {
    ...database,
    db: database.db.withPlugin(recorder),
    // Not seen by the plugin, which belongs to another instance.
    run: (statement, parameters) => {
      executed.push({ sql: statement.text, parameters })
      return database.run(statement, parameters)
    },
  }
  return {
    provider: createArchivedSource(recorded, storeOf(archive), {
      id,
      provider: liveProvider(),
      maxStalenessMs: 0,
    }),
    explain: async () => {
      const steps: Step[] = []
      for (const query of executed.splice(0)) steps.push(...(await explain(database, query)))
      return steps
    },
  }
}

type Executed = Pick<CompiledQuery, 'sql' | 'parameters'>

async function explain({ db, engine }: ArchiveDatabase, { sql, parameters }: Executed): Promise<Step[]> {
  const words = engine === 'sqlite' ? 'explain query plan' : 'explain (analyze, timing off, format json)'
  const { rows } = await db.executeQuery(CompiledQuery.raw(`${words} ${sql}`, [...parameters]))
  return engine === 'sqlite'
    ? rows.flatMap((row) => sqliteStep(row as SqliteRow))
    : rows.flatMap((row) => (row as PostgresRow)['QUERY PLAN'].flatMap(({ Plan }) => postgresSteps(Plan)))
}

interface SqliteRow {
  readonly detail: string
}

function sqliteStep({ detail }: SqliteRow): Step[] {
  const found =
    /^(?:SCAN|SEARCH) messages(?: USING (?:COVERING )?(?:INDEX (\w+)|(INTEGER PRIMARY KEY)))?/.exec(detail)
  if (found === null) return []
  const [, index, key] = found
  // Reading an index from one end to the other is reading the table so.
  const isWhole = detail.startsWith('SCAN')
  return [{ index: isWhole ? null : (index ?? (key === undefined ? null : 'primary key')), rows: null }]
}

interface PostgresRow {
  readonly 'QUERY PLAN': readonly { readonly Plan: PostgresNode }[]
}

interface PostgresNode {
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly PostgresNode[]
}

function postgresSteps(node: PostgresNode): Step[] {
  const steps = (node.Plans ?? []).flatMap(postgresSteps)
  const index = node['Index Name'] ?? null
  if (index === null && node['Node Type'] !== 'Seq Scan') return steps
  if (index === null && node['Relation Name'] !== 'messages') return steps
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return [...steps, { index, rows: (node['Actual Rows'] + removed) * node['Actual Loops'] }]
}
