export * from './client.js'
export { createUpstreamClient } from './create-upstream-client.js'
