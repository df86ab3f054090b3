import { hash } from 'node:crypto'
import { exampleTabs } from './graphiql-examples.js'
import { findGraphiQLFiles, type GraphiQLFiles } from './graphiql-files.js'
import { TOKEN_ENTRY, TOKEN_SCRIPT, TOKEN_STYLE } from './graphiql-token.js'
import { errorResponse } from './error-reply.js'
import { createStaticFile, FOREVER, sendStaticFile, type StaticFile } from './static-file.js'

/** Serves GraphiQL, all of it from here. */
export interface GraphiQL {
  page(): Promise<Response>
  /**
   * The asset of that name, which is what follows the last slash of its path.
   * @param accepted the header `Accept-Encoding` of the request
   */
  asset(name: string, accepted: string | null): Promise<Response>
}

const START = 'start.js'

/** @param needsToken whether queries need a token, so that the page offers a place for it. */
export function createGraphiQL(needsToken: boolean): GraphiQL {
  let finding: Promise<GraphiQLFiles> | undefined
  const findFiles = (): Promise<GraphiQLFiles> => {
    finding ??= findGraphiQLFiles().catch((error: unknown) => {
      finding = undefined
      throw error
    })
    return finding
  }
  const startFile = createStartFile()
  const ownFiles = new Map(
    [STYLE, ICON].map(({ name, type, content }) => [name, createStaticFile(content, type, FOREVER)]),
  )
  return {
    page: async () =>
      new Response(renderPage(await findFiles(), needsToken), {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': GRAPHIQL_POLICY,
          'cache-control': 'no-cache',
          vary: 'accept',
        },
      }),
    asset: async (name, accepted) => {
      const files = await findFiles()
      const own = name === START ? startFile(renderStart(files, needsToken, new Date())) : ownFiles.get(name)
      if (own !== undefined) return sendStaticFile(await own, accepted)
      return (await files.send(name, accepted)) ?? errorResponse(404, 'NOT_FOUND', 'Not found.')
    },
  }
}

/** A script that changes once a day: it is compressed anew only then. */
function createStartFile(): (text: string) => Promise<StaticFile> {
  let kept: { readonly text: string; readonly file: Promise<StaticFile> } | null = null
  return (text) => {
    if (kept?.text !== text) {
      kept = { text, file: createStaticFile(text, 'text/javascript; charset=utf-8', 'no-cache') }
    }
    return kept.file
  }
}

/** Where an asset is, as the page names it: relative, so that a proxy may put a path before all of it. */
function pathOf(name: string): string {
  return `graphql/assets/${name}`
}

/** A small file of our own, whose name contains a hash of what is in it. */
interface OwnAsset {
  readonly name: string
  readonly type: string
  readonly content: string
}

function ownAsset(name: string, extension: string, type: string, content: string): OwnAsset {
  return { name: `${name}-${hash('sha256', content).slice(0, 16)}.${extension}`, type, content }
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
const MARK: string =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="3" y="5" width="26" height="22" rx="4" fill="#0f766e"/>' +
  '<path d="M8 11h16M8 16h10" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/>' +
  '<path d="M8 20v3M11 20v3M13 20v3M17 20v3M19 20v3M24 20v3" stroke="#99f6e4" stroke-width="1.6"/></svg>'

/**
 * GraphiQL lets one drag its tabs about, and reckons wrongly where they are: one that is pressed jumps away from under
 * the pointer, and is never chosen. So they stay where they are.
 */
const TAB_STYLE: string = '.graphiql-tab{transform:none!important}'

const STYLE: OwnAsset = ownAsset(
  'waybill',
  'css',
  'text/css; charset=utf-8',
  `${TAB_STYLE}\n${TOKEN_STYLE}\n`,
)
const ICON: OwnAsset = ownAsset('icon', 'svg', 'image/svg+xml', MARK)

/** The page that holds GraphiQL. */
function renderPage({ script, style }: GraphiQLFiles, needsToken: boolean): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Waybill</title>
    <link rel="icon" href="${pathOf(ICON.name)}" type="image/svg+xml">
    <link rel="stylesheet" href="${pathOf(style)}">
    <link rel="stylesheet" href="${pathOf(STYLE.name)}">
    <script src="${pathOf(START)}" defer></script>
    <script src="${pathOf(script)}" defer></script>
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
function renderStart({ workers }: GraphiQLFiles, needsToken: boolean, now: Date): string {
  const options = {
    title: 'Waybill',
    logo: MARK,
    defaultTabs: exampleTabs(now),
    shouldPersistHeaders: false,
  }
  const paths = Object.fromEntries(Object.entries(workers).map(([label, name]) => [label, pathOf(name)]))
  return `const workers = ${JSON.stringify(paths)}
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
