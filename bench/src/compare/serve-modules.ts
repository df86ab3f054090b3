/**
 * The server module by module, as the compiler leaves it beside the bundle: the libraries that it shares with others in one
 * process can be patched, which those inside a bundle cannot.
 */
const compiled = new URL('../../../apps/graphql/dist/start/run.js', import.meta.url)
const { run } = (await import(compiled.href)) as {
  readonly run: (argv: readonly string[], environment: NodeJS.ProcessEnv) => Promise<number>
}
process.exitCode = await run(process.argv.slice(2), process.env)
