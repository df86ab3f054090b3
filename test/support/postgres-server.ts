import type { TestProject } from 'vitest/node'
import { createTemplate } from './archive-template.js'
import { type PostgresCluster, startPostgres } from './postgres-cluster.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a real PostgreSQL server's database `postgres`, as a user that may create databases. */
    postgresUrl: string
  }
}

interface Shared {
  readonly cluster: Promise<PostgresCluster>
  users: number
}

/** Every project loads this module anew, and all projects of a run share one process. */
const SHARED: unique symbol = Symbol.for('waybill.postgres')
const holder: typeof globalThis & { [SHARED]?: Shared } = globalThis

/** Gives a project the run's PostgreSQL server: the first project starts it, the last one stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (holder[SHARED] ??= { cluster: startServer(), users: 0 })
  shared.users += 1
  const cluster = await shared.cluster
  project.provide('postgresUrl', cluster.url)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete holder[SHARED]
    await cluster[Symbol.asyncDispose]()
  }
}

async function startServer(): Promise<PostgresCluster> {
  const cluster = await startPostgres()
  try {
    await createTemplate(cluster.url)
  } catch (error) {
    await cluster[Symbol.asyncDispose]()
    throw error
  }
  return cluster
}
