import { createHash } from 'node:crypto'
import { exampleTabs } from './graphiql-examples.js'
import { TOKEN_ENTRY, TOKEN_SCRIPT, TOKEN_STYLE } from './graphiql-token.js'
import { errorResponse } from './error-reply.js'

/** Serves GraphiQL, all of it from here. */
export interface GraphiQL {
  page(): Promise<Response>
  /** The asset of that name, which is what follows the last slash of its path. */
  asset(name: string): Promise<Response>
}

interface Asset {
  readonly type: string
  readonly content: string
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
    page: async () =>
      new Response(renderPage((await bundle()).paths, needsToken), {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': GRAPHIQL_POLICY,
          'cache-control': 'no-cache',
          vary: 'accept',
        },
      }),
    asset: async (name) => {
      const { paths, assets } = await bundle()
      if (name === START) return script(renderStart(paths, needsToken, new Date()))
      const asset = assets.get(name)
      if (asset === undefined) return errorResponse(404, 'NOT_FOUND', 'Not found.')
      return new Response(asset.content, {
        headers: { 'content-type': asset.type, 'cache-control': FOREVER },
      })
    },
  }
}

function script(text: string): Response {
  return new Response(text, { headers: { 'content-type': SCRIPT_TYPE, 'cache-control': 'no-cache' } })
}

async function loadBundle(): Promise<Bundle> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql')
  const assets = new Map<string, Asset>()
  const add = (name: string, extension: string, type: string, content: string): string => {
    const file = `${name}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}.${extension}`
    assets.set(file, { type, content })
    return `graphql/assets/${file}`
  }
  const paths = {
    start: `graphql/assets/${START}`,
    script: add('graphiql', 'js', SCRIPT_TYPE, graphiql.js),
    style: add(
      'graphiql',
      'css',
      'text/css; charset=utf-8',
      `${graphiql.css}\n${TAB_STYLE}\n${TOKEN_STYLE}\n`,
    ),
    icon: add('icon', 'svg', 'image/svg+xml', ICON),
    workers: {
      editorWorkerService: add('editor-worker', 'js', SCRIPT_TYPE, graphiql.editorWorkerService),
      json: add('json-worker', 'js', SCRIPT_TYPE, graphiql.jsonWorker),
      graphql: add('graphql-worker', 'js', SCRIPT_TYPE, graphiql.graphqlWorker),
    },
  }
  return { paths, assets }
}

/** Where the page's assets are, as the page names them: relative, so that a proxy may put a path before all of it. */
export interface GraphiQLAssetPaths {
  readonly script: string
  readonly style: string
  readonly icon: string
  readonly start: string
  /** By the name that the editor gives the worker. */
  readonly workers: Readonly<Record<string, string>>
}

/** Only what this server serves may load, and only it may be asked. The editor sets styles on its elements. */
const GRAPHIQL_POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Waybill's mark: a parcel label. */
const ICON: string =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="3" y="5" width="26" height="22" rx="4" fill="#0f766e"/>' +
  '<path d="M8 11h16M8 16h10" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/>' +
  '<path d="M8 20v3M11 20v3M13 20v3M17 20v3M19 20v3M24 20v3" stroke="#99f6e4" stroke-width="1.6"/></svg>'

/**
 * GraphiQL lets one drag its tabs about, and reckons wrongly where they are: one that is pressed jumps away from under
 * the pointer, and is never chosen. So they stay where they are.
 */
const TAB_STYLE: string = '.graphiql-tab{transform:none!important}'

/** The page that holds GraphiQL. */
function renderPage(paths: GraphiQLAssetPaths, needsToken: boolean): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Waybill</title>
    <link rel="icon" href="${paths.icon}" type="image/svg+xml">
    <link rel="stylesheet" href="${paths.style}">
    <script src="${paths.start}" defer></script>
    <script src="${paths.script}" defer></script>
  </head>
  <body class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    ${needsToken ? TOKEN_ENTRY : ''}
    <div id="root"></div>
  </body>
</html>
`
}

/** The script that starts GraphiQL: it runs before GraphiQL's own, which reads where the workers are. */
function renderStart(paths: GraphiQLAssetPaths, needsToken: boolean, now: Date): string {
  const options = {
    title: 'Waybill',
    logo: ICON,
    defaultTabs: exampleTabs(now),
    shouldPersistHeaders: false,
  }
  return `const workers = ${JSON.stringify(paths.workers)}
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (moduleId, label) => new URL(workers[label] ?? workers.editorWorkerService, document.baseURI).href,
}
// Tabs stay where they are: see TAB_STYLE.
addEventListener('pointerdown', (event) => {
  if (event.target.closest('.graphiql-tab') !== null) event.stopPropagation()
}, true)
addEventListener('DOMContentLoaded', () => {
  // Without a handler of ours GraphiQL would write every query into the address, and so into histories and logs.
  const onEditQuery = () => {}
  const options = { ...${JSON.stringify(options)}, onEditQuery }
  YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), options)
})
${needsToken ? TOKEN_SCRIPT : ''}`
}
