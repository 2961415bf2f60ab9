import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MAIN, type Program } from './node-process.ts'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

/**
 * The program as that user can run it, for root. A build server may have its checkout or its Node in a folder that is
 * closed to others; then she gets a copy in `folder` of what the node needs, as she would have installed it herself.
 */
export function programFor(uid: number, folder: string): Program {
  const can = (test: string, path: string) =>
    spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', path], { cwd: '/', uid, gid: uid }).status === 0
  let program: Program = { node: process.execPath, main: MAIN }
  if (!can('-r', MAIN)) program = { ...program, main: copyProgram(folder) }
  if (!can('-x', process.execPath)) {
    program = { ...program, node: join(folder, 'node') }
    cpSync(process.execPath, program.node)
  }
  if (program.main !== MAIN || program.node !== process.execPath)
    execFileSync('chmod', ['-R', 'go+rX', folder])
  return program
}

/** Copies the compiled node and all packages that it needs, and resolves to its entry. */
function copyProgram(folder: string): string {
  // npm also lists what is amiss in the tree, and then ends with 1.
  const { stdout } = spawnSync(
    'npm',
    ['ls', '--workspace=@curo/node', '--omit=dev', '--all', '--parseable'],
    { cwd: ROOT, encoding: 'utf8' },
  )
  const there = (path: string) => join(folder, relative(ROOT, path))
  for (const path of stdout.trim().split('\n')) {
    const real = realpathSync(path)
    if (real === realpathSync(ROOT)) continue
    cpSync(real, there(real), {
      recursive: true,
      verbatimSymlinks: true,
      // Packages inside of packages are listed by themselves.
      filter: (from) => from === real || basename(from) !== 'node_modules',
    })
    if (real === path) continue
    mkdirSync(dirname(there(path)), { recursive: true })
    symlinkSync(readlinkSync(path), there(path))
  }
  return there(MAIN)
}
