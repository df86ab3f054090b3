import { OCTOPODS_COUNT, WACR_COUNT } from './demo-data.js'

/** Says what the demo is, and how to do without it. Addresses stand without "http:": there is one URL to open, and it comes later. */
export function introduce(octopodsUrl: string, wacrUrl: string): string {
  return `There is no configuration, so this is a demo. Every message in it is made up.

  octo  Octopods, emulated at ${address(octopodsUrl)}: ${OCTOPODS_COUNT} messages, of which the newest 100 can be listed
  shop  WA.cr, emulated at ${address(wacrUrl)}: ${WACR_COUNT} messages of the last four months

New messages arrive while it runs. An archive in SQLite follows both, and queries read from it. For the first seconds
it does not have everything yet, and every answer says how far back it reaches. Yesterday nothing read Octopods for a
few hours while it sent more than 100 messages: some are missing, and every answer says where. The archive is removed
when the demo stops.

To read your own accounts, save this as waybill.config.json in the working directory, with the address of your
tenant and without the source that you do not have; set OCTOPODS_API_KEY and WACR_TOKEN; start again.
Without "archive" nothing is stored, and every query asks the upstreams.

${EXAMPLE}

`
}

const EXAMPLE = `{
  "sources": [
    { "id": "octo", "provider": "@waybill/provider-octopods",
      "options": { "apiKey": "\${OCTOPODS_API_KEY}" } },
    { "id": "shop", "provider": "@waybill/provider-wacr",
      "options": { "token": "\${WACR_TOKEN}", "baseUrl": "https://tenant.example/api/v2" } }
  ],
  "archive": { "url": "sqlite:./waybill.db" }
}`

function address(url: string): string {
  return url.replace('http://', '')
}
