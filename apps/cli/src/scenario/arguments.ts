import { parseArgs } from 'node:util'
import { DoesNotHold } from './step-table.ts'

export type ScenarioArguments = {
  bundles: string[]
  files: string[]
  keep: string | undefined
  help: boolean
}

export const HELP = `Plays the main job from end to end and checks what it claims.

  npm run scenario -- [--bundle FILE …] [--file FILE …] [--keep FOLDER]

  --bundle FILE …   FHIR R4 bundles, one patient each; an invented one where none is given
  --file FILE …     any files, sealed into the first patient's history
  --keep FOLDER     leaves the ledger, proofs, a database dump, buckets, every HTTP body and the logs there
`

/** An option takes every word up to the next one, so that the shell may expand a pattern into several files. */
export function readArguments(words: readonly string[]): ScenarioArguments {
  const tokens = tokensOf(words)
  const read: ScenarioArguments = { bundles: [], files: [], keep: undefined, help: false }
  let list: string[] | undefined
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!list) throw new DoesNotHold(`“${token.value}” stands without an option. See --help.`)
      list.push(token.value)
    } else if (token.kind === 'option') {
      list = token.name === 'bundle' ? read.bundles : token.name === 'file' ? read.files : undefined
      if (token.name === 'keep') read.keep = token.value
      if (token.name === 'help') read.help = true
      if (list && token.value !== undefined) list.push(token.value)
    }
  }
  return read
}

function tokensOf(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        bundle: { type: 'string', multiple: true },
        file: { type: 'string', multiple: true },
        keep: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
      tokens: true,
    }).tokens
  } catch (error) {
    throw new DoesNotHold(`${(error as Error).message.split('. ')[0]}. See --help.`)
  }
}
