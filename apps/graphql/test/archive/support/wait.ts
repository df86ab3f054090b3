/** How long what happens by itself is waited for. */
export const PATIENCE = { timeout: 60_000, interval: 100 }
