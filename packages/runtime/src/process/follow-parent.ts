/** Loaded into a process that stands in for its parent: without the parent it must not go on. */
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.channel?.unref()
