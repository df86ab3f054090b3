import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Exchange } from './exchange.js'
import {
  GRAPHIQL_POLICY,
  type GraphiQLAssetPaths,
  ICON,
  renderPage,
  renderStart,
  TAB_STYLE,
} from './graphiql-page.js'
import { errorReply, type Reply } from './reply.js'

/** Serves GraphiQL, all of it from here. */
export interface GraphiQL {
  page(): Promise<Reply>
  /** The asset of that name, which is what follows the last slash of its path. */
  asset(name: string, exchange: Exchange): Promise<Reply>
}

interface Asset {
  readonly type: string
  readonly plain: Buffer
  readonly compressed: Buffer
}

interface Bundle {
  readonly paths: GraphiQLAssetPaths
  readonly assets: ReadonlyMap<string, Asset>
}

const START = 'start.js'
const SCRIPT_TYPE = 'text/javascript; charset=utf-8'
const FOREVER = 'public, max-age=31536000, immutable'

/** @param needsToken whether queries need a token, so that the page offers a place for it. */
export function createGraphiQL(needsToken: boolean): GraphiQL {
  let loading: Promise<Bundle> | undefined
  // Loaded when it is first wanted: most servers are never visited by a browser, and it is several megabytes.
  const bundle = (): Promise<Bundle> => (loading ??= loadBundle())
  return {
    page: async () => pageReply(renderPage((await bundle()).paths)),
    asset: async (name, exchange) => {
      const { paths, assets } = await bundle()
      if (name === START) return startReply(renderStart(paths, needsToken, new Date()))
      const asset = assets.get(name)
      return asset === undefined ? errorReply(404, 'NOT_FOUND', 'Not found.') : assetReply(asset, exchange)
    },
  }
}

async function loadBundle(): Promise<Bundle> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql')
  const assets = new Map<string, Asset>()
  const add = async (name: string, extension: string, type: string, content: string): Promise<string> => {
    const plain = Buffer.from(content)
    const file = `${name}-${createHash('sha256').update(plain).digest('hex').slice(0, 16)}.${extension}`
    assets.set(file, { type, plain, compressed: await promisify(gzip)(plain) })
    return `graphql/assets/${file}`
  }
  const paths = {
    start: `graphql/assets/${START}`,
    script: await add('graphiql', 'js', SCRIPT_TYPE, graphiql.js),
    style: await add('graphiql', 'css', 'text/css; charset=utf-8', `${graphiql.css}\n${TAB_STYLE}\n`),
    icon: await add('icon', 'svg', 'image/svg+xml', ICON),
    workers: {
      editorWorkerService: await add('editor-worker', 'js', SCRIPT_TYPE, graphiql.editorWorkerService),
      json: await add('json-worker', 'js', SCRIPT_TYPE, graphiql.jsonWorker),
      graphql: await add('graphql-worker', 'js', SCRIPT_TYPE, graphiql.graphqlWorker),
    },
  }
  return { paths, assets }
}

function pageReply(page: string): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': GRAPHIQL_POLICY,
      'cache-control': 'no-cache',
      vary: 'accept',
    },
    body: page,
  }
}

function startReply(script: string): Reply {
  return {
    status: 200,
    headers: { 'content-type': SCRIPT_TYPE, 'cache-control': 'no-cache' },
    body: script,
  }
}

function assetReply({ type, plain, compressed }: Asset, { headers }: Exchange): Reply {
  const compress = /\bgzip\b/.test(headers['accept-encoding'] ?? '')
  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': FOREVER,
      vary: 'accept-encoding',
      ...(compress && { 'content-encoding': 'gzip' }),
    },
    body: compress ? compressed : plain,
  }
}
