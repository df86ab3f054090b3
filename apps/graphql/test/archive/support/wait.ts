/** How long what happens by itself is waited for. */
export const PATIENCE = { timeout: 30_000, interval: 100 }
