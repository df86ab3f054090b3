import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'

/** `waybill serve`: the server, which reads its own flags. */
export function declareServe(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('serve the sources as one GraphQL endpoint, and keep the archive up to date')
    .argument('[flags...]', 'see waybill serve --help')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (flags: readonly string[]) => {
      // The server takes long to load, and no other command needs it.
      const { run } = await import('@waybill/graphql')
      const { environment, host, stopped } = context
      context.finish(await run(flags, environment, host, { command: 'waybill serve', stopped }))
    })
}
