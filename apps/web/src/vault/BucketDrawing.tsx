import { Badge } from '@mantine/core'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import type { Work } from '../work/remote.ts'
import classes from './BucketDrawing.module.css'

export type Storage = Awaited<ReturnType<Work['audit']['storage']>>
type Bucket = Storage['buckets'][number]

const COLOURS = { ok: 'curo', 'read-only': 'yellow', full: 'yellow', unreachable: 'red' } as const

/** What a bucket may be; a newer node's own word stands as it is. */
const KINDS = ['folder', 's3'] as const
const isKnown = (kind: string): kind is (typeof KINDS)[number] => (KINDS as readonly string[]).includes(kind)

/** The buckets side by side as vessels, each as full as it is compared with the fullest, and what any two may lose. */
export function BucketDrawing({ storage }: { storage: Storage }) {
  const { t } = useWords('vault')
  const { buckets, dataPieces, parityPieces } = storage
  // What a short file leaves empty is expected and not stored: a difference means something only where pieces are missed.
  const isWhole = storage.degraded + storage.lost === 0
  const most = Math.max(
    1,
    ...buckets.map(({ expected, objects }) => Math.max(isWhole ? 0 : expected, objects ?? 0)),
  )
  return (
    <figure className={classes.drawing}>
      <figcaption>
        {t('storage.shape', { data: dataPieces, all: dataPieces + parityPieces, parity: parityPieces })}
        {!isWhole && ` ${t('storage.dashes')}`}
      </figcaption>
      <ul className={classes.buckets}>
        {buckets.map((bucket) => (
          <BucketVessel key={bucket.name} bucket={bucket} most={most} isWhole={isWhole} />
        ))}
      </ul>
    </figure>
  )
}

/** Of the drawing, in its own units. */
const WIDTH = 96
const HEIGHT = 84

type BucketVesselProps = { bucket: Bucket; most: number; isWhole: boolean }

function BucketVessel({ bucket, most, isWhole }: BucketVesselProps) {
  const { t } = useWords('vault')
  const format = useFormat()
  const { name, kind, state, objects, expected, bytes, freeBytes, latencyMs, problem } = bucket
  const held = Math.min(objects ?? 0, most)
  const fill = (HEIGHT * held) / most
  const wanted = (HEIGHT * Math.min(expected, most)) / most
  return (
    <li className={classes.bucket}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 2}`} className={classes.vessel} data-state={state} aria-hidden>
        <rect className={classes.fill} x={1} y={HEIGHT - fill + 1} width={WIDTH - 2} height={fill} />
        {!isWhole && (
          <line
            className={classes.wanted}
            x1={1}
            x2={WIDTH - 1}
            y1={HEIGHT - wanted + 1}
            y2={HEIGHT - wanted + 1}
          />
        )}
        <rect className={classes.wall} x={1} y={1} width={WIDTH - 2} height={HEIGHT} rx={8} />
      </svg>
      <strong>
        <bdi>{name}</bdi>
      </strong>
      <Badge variant="light" color={COLOURS[state]}>
        {t(`bucket.states.${state}`)}
      </Badge>
      <dl className={classes.facts}>
        <div>
          <dt>{t('bucket.pieces')}</dt>
          <dd>
            {objects === null
              ? t('bucket.unknown')
              : isWhole
                ? format.number(objects)
                : t('bucket.of', { held: format.number(objects), expected: format.number(expected) })}
          </dd>
        </div>
        <div>
          <dt>{t('bucket.size')}</dt>
          <dd>{bytes === null ? t('bucket.unknown') : format.bytes(bytes)}</dd>
        </div>
        <div>
          <dt>{t('bucket.free')}</dt>
          <dd>{freeBytes === null ? t('bucket.unknown') : format.bytes(freeBytes)}</dd>
        </div>
        <div>
          <dt>{t('bucket.latency')}</dt>
          <dd>
            {latencyMs === null
              ? t('bucket.unknown')
              : format.number(latencyMs, { style: 'unit', unit: 'millisecond' })}
          </dd>
        </div>
        <div>
          <dt>{t('bucket.kind')}</dt>
          <dd>{isKnown(kind) ? t(`bucket.kinds.${kind}`) : kind}</dd>
        </div>
      </dl>
      {problem && <p className={classes.problem}>{problem}</p>}
    </li>
  )
}
