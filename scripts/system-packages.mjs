// The Debian packages that tests use. Installed when we may; otherwise the tests that need them say so and skip.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const NEEDED = [
  { program: '/usr/bin/chromium', packages: ['chromium'], for: 'the browser tests' },
  {
    program: '/usr/bin/radosgw',
    packages: ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common'],
    for: 'the S3 bucket tests',
  },
]

export function installSystemPackages() {
  const missing = NEEDED.filter((need) => !existsSync(need.program))
  if (missing.length === 0) return
  const names = missing.flatMap((need) => need.packages)
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) {
    for (const need of missing)
      console.error(
        `${need.for} will be skipped: install ${need.packages.join(' ')} (as root: apt-get install)`,
      )
    return
  }
  console.error(`Installing ${names.join(' ')}…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  for (const need of missing) {
    try {
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...need.packages], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env,
      })
    } catch (error) {
      console.error(`${need.for} will be skipped: ${String(error.stderr).trim().split('\n').at(-1)}`)
    }
  }
}
