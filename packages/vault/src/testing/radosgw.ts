import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PROGRAMS = ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph', 'ceph-authtool', 'monmaptool']

/** Whether the Debian packages ceph-mon, ceph-osd, radosgw and ceph-common are installed. */
export const hasRadosGateway = PROGRAMS.every((program) => existsSync(`/usr/bin/${program}`))

export interface RadosGateway {
  readonly endpoint: string
  readonly credentials: { accessKeyId: string; secretAccessKey: string }
  /** Stops the gateway's process, so that it neither answers nor refuses, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Bounds what the user may store; null lifts the bound. */
  setQuota(bytes: number | null): Promise<void>
  /** Ends the processes it started and removes their folder. */
  close(): Promise<void>
}

/**
 * A real S3 server: one Ceph monitor, one object store in memory, one RADOS gateway, on free ports of 127.0.0.1, in a
 * temporary folder. Takes about 15 s to come up.
 */
export async function startRadosGateway(): Promise<RadosGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'curo-radosgw-'))
  const children: ChildProcess[] = []
  const endAll = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  process.once('exit', endAll)
  const close = async () => {
    process.removeListener('exit', endAll)
    await Promise.all(
      children.map((child) =>
        child.exitCode === null && child.signalCode === null
          ? new Promise((resolve) => {
              child.once('exit', resolve)
              child.kill('SIGKILL')
            })
          : undefined,
      ),
    )
    await rm(folder, { recursive: true, force: true })
  }

  async function start(program: string, ...args: string[]): Promise<ChildProcess> {
    const log = await open(join(folder, 'log', `${program}.out`), 'w')
    const child = spawn(program, [...configured, ...args, '-f'], { stdio: ['ignore', log.fd, log.fd] })
    await log.close()
    children.push(child)
    return child
  }

  const configFile = join(folder, 'ceph.conf')
  const configured = ['-c', configFile]
  const ceph = (...args: string[]) => run('ceph', [...configured, ...args])
  try {
    for (const name of ['mon', 'osd0', 'rgw', 'run', 'log']) await mkdir(join(folder, name))
    const [v2, v1, http] = await freePorts(3)
    const fsid = randomUUID()
    await writeFile(configFile, configText({ folder, fsid, v2, v1, http }))

    const adminKeyring = join(folder, 'client.admin.keyring')
    const monKeyring = join(folder, 'mon..keyring')
    const anything = (...who: string[]) => who.flatMap((each) => ['--cap', each, 'allow *'])
    await run('ceph-authtool', [
      '-C',
      adminKeyring,
      '-g',
      '-n',
      'client.admin',
      ...anything('mon', 'osd', 'mgr'),
    ])
    await run('ceph-authtool', ['-C', monKeyring, '-g', '-n', 'mon.', ...anything('mon')])
    await run('ceph-authtool', [monKeyring, '--import-keyring', adminKeyring])
    const map = join(folder, 'monmap')
    const addresses = `[v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]`
    await run('monmaptool', ['--create', '--clobber', '--fsid', fsid, '--addv', 'a', addresses, map])
    await run('ceph-mon', [...configured, '--mkfs', '-i', 'a', '--monmap', map, '--keyring', monKeyring])
    await start('ceph-mon', '-i', 'a')

    const osdUuid = randomUUID()
    await ceph('osd', 'new', osdUuid)
    const keep = (name: string, ...caps: string[]) =>
      ceph('auth', 'get-or-create', name, ...caps, '-o', join(folder, `${name}.keyring`))
    await keep('osd.0', 'mon', 'allow profile osd', 'osd', 'allow *', 'mgr', 'allow profile osd')
    await keep('client.rgw.a', 'mon', 'allow rw', 'osd', 'allow rwx')
    await run('ceph-osd', [...configured, '-i', '0', '--mkfs', '--osd-uuid', osdUuid])
    await ceph('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=h1')
    await start('ceph-osd', '-i', '0')
    const gateway = await start('radosgw', '-n', 'client.rgw.a')
    const endpoint = `http://127.0.0.1:${http}`
    await untilAnswers(endpoint, gateway)

    const credentials = { accessKeyId: randomUUID(), secretAccessKey: randomUUID() }
    const admin = (...args: string[]) => run('radosgw-admin', [...configured, ...args, '--uid=vault'])
    const { accessKeyId, secretAccessKey } = credentials
    const keys = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`]
    await admin('user', 'create', '--display-name=Vault', ...keys)
    return {
      endpoint,
      credentials,
      signal: (signal) => void gateway.kill(signal),
      async setQuota(bytes) {
        await admin('quota', 'set', '--quota-scope=user', `--max-size=${bytes === null ? -1 : `${bytes}B`}`)
        await admin('quota', bytes === null ? 'disable' : 'enable', '--quota-scope=user')
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Ports that were free a moment ago, told by the system. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address()
      await new Promise((resolve) => server.close(resolve))
      if (typeof address !== 'object' || !address) throw new Error('no port')
      return address.port
    }),
  )
}

async function untilAnswers(url: string, process: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (process.exitCode !== null) throw new Error('radosgw ended')
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('radosgw did not come up')
}

function configText(
  options: Record<'folder' | 'fsid', string> & Record<string, string | number | undefined>,
): string {
  const { folder, fsid, v2, v1, http } = options
  return `[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = ${folder}/$name.keyring
auth allow insecure global id reclaim = true
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
mon warn on pool no redundancy = false
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon max pg per osd = 1000
osd crush chooseleaf type = 0
run dir = ${folder}/run
log file = ${folder}/log/$name.log
admin socket = ${folder}/run/$name.asok
pid file = ${folder}/run/$name.pid
[mon.]
keyring = ${folder}/mon..keyring
[mon.a]
keyring = ${folder}/mon..keyring
mon data = ${folder}/mon
mon cluster log file = ${folder}/log/cluster.log
[osd.0]
osd data = ${folder}/osd0
osd objectstore = memstore
memstore device bytes = 1073741824
osd memory target = 939524096
[client.rgw.a]
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${http}
rgw enable usage log = false
rgw bucket quota ttl = 0
rgw user quota bucket sync interval = 1
rgw user quota sync interval = 1
`
}
