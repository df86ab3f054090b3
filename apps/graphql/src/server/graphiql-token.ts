/**
 * The one place for a token in the page of GraphiQL, for all of its tabs. It is kept for the browser's session, in this tab of the
 * browser alone, and shared with the page for operations people.
 */
export const TOKEN_ENTRY: string = `<form id="token-entry">
      <label for="token">Token</label>
      <input id="token" type="password" autocomplete="off" spellcheck="false" required>
      <button type="submit">Use token</button>
      <button type="button" id="forget-token" hidden>Forget token</button>
      <output id="token-state" for="token" role="status"></output>
    </form>`

export const TOKEN_STYLE: string = `
body{display:flex;flex-direction:column;height:100vh;margin:0}
#root{flex:1;min-height:0;height:100%}
#token-entry{display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:8px 16px;font:14px/1.4 system-ui,sans-serif;background:#0f766e;color:#fff}
#token-entry input{min-width:20em;padding:4px 8px;border:0;border-radius:4px;font:inherit}
#token-entry button{padding:4px 12px;border:1px solid #fff;border-radius:4px;background:none;color:inherit;font:inherit;cursor:pointer}`

/**
 * Runs before GraphiQL's own script: whatever that requests of this server is sent with the token. GraphiQL reads the schema once,
 * so that request waits until a token is accepted.
 */
export const TOKEN_SCRIPT: string = `const KEY = 'waybill.token'
const NO_TOKEN = 'Queries need a token.'
const element = (id) => document.getElementById(id)
const plainFetch = globalThis.fetch.bind(globalThis)
let accept
const accepted = new Promise((resolve) => { accept = resolve })
function show(text) {
  element('token-state').textContent = text
  element('forget-token').hidden = sessionStorage.getItem(KEY) === null
}
globalThis.fetch = async (input, init) => {
  if (typeof init?.body === 'string' && init.body.includes('IntrospectionQuery')) await accepted
  const request = new Request(input, init)
  const token = sessionStorage.getItem(KEY)
  const isOwn = new URL(request.url).origin === location.origin
  if (token !== null && isOwn && !request.headers.has('authorization'))
    request.headers.set('authorization', 'Bearer ' + token)
  const response = await plainFetch(request)
  if (response.headers.has('www-authenticate'))
    show(token === null ? NO_TOKEN : 'The server does not accept this token: it is unknown, or has expired.')
  else if (token !== null) show('All tabs use the token, until this page is closed.')
  return response
}
async function checkToken() {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const response = await fetch('graphql', { method: 'POST', headers, body: '{"query":"{ __typename }"}' })
  if (!response.headers.has('www-authenticate')) accept()
}
addEventListener('DOMContentLoaded', () => {
  if (sessionStorage.getItem(KEY) === null) show(NO_TOKEN)
  else void checkToken()
  element('token-entry').addEventListener('submit', (event) => {
    event.preventDefault()
    const value = element('token').value.trim().replace(/^bearer +/i, '')
    element('token').value = ''
    if (!/^[\\x21-\\x7e]+$/.test(value)) return show('A token has no spaces, and no letters beyond ASCII.')
    sessionStorage.setItem(KEY, value)
    void checkToken()
  })
  element('forget-token').addEventListener('click', () => {
    sessionStorage.removeItem(KEY)
    show(NO_TOKEN)
  })
})
`
