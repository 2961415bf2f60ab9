#!/usr/bin/env node
import { runCommandLine } from './program.ts'
import { processSurroundings } from './surroundings.ts'

const stop = new AbortController()
process.on('SIGINT', () => {
  // A second Ctrl-C does not wait.
  if (stop.signal.aborted) process.exit(130)
  stop.abort(new Error('Stopped.'))
})
// A closed pipe (curo … | head) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await runCommandLine(process.argv.slice(2), processSurroundings(stop.signal))
