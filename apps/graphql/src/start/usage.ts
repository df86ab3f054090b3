/** What `--help` prints. */
export function usage(command: string): string {
  return `Usage: ${command} [--config FILE] [--host HOST] [--port PORT]
${TEXT}`
}

const TEXT = `
Serves the sources of a configuration as one GraphQL endpoint, and keeps their archive, if there is one, up to date.
Without a configuration it serves a demo with made-up messages.

  --config FILE  the configuration; otherwise WAYBILL_CONFIG, otherwise waybill.config.json in the working directory
  --host HOST    the address to listen on; otherwise HOST, otherwise server.host, otherwise 127.0.0.1
  --port PORT    the port to listen on, 0 for any free one; otherwise PORT, otherwise server.port, otherwise 4000
  --help         print this and exit
  --version      print the version and exit

When the server is ready, it prints one line with its URL on standard output. Everything else goes to standard error.
SIGTERM and SIGINT let running requests finish; a second one exits at once.

Exit codes: 0 stopped by a signal; 1 could not run (port in use, archive not reachable, unexpected error); 2 wrong usage or configuration.
`
