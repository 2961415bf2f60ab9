import { Button, Text } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './LookLine.module.css'
import { Proof } from './Proof.tsx'
import type { LookSeen } from './work-patient.ts'

/** Titles shown before the rest is only counted. */
const TITLES = 4

type LookLineProps = { look: LookSeen; titleOf?: (record: string) => string | undefined }

/** One look: when, at what, and the proof that it stands in the ledger. */
export function LookLine({ look, titleOf }: LookLineProps) {
  const { t } = useWords('openings')
  const format = useFormat()
  const [isProving, setProving] = useState(false)
  const proof = useId()
  const { at, records, emergency } = look
  const titles = records.flatMap((record) => titleOf?.(record) ?? [])
  return (
    <div className={classes.line}>
      <time dateTime={at} className={classes.time}>
        {format.time(at)}
      </time>
      <div className={classes.what}>
        <Text>{useWhat(look)}</Text>
        {titles.length > 0 && (
          <Text size="sm" c="dimmed">
            {titles.slice(0, TITLES).join(' · ')}
            {records.length > TITLES && ` ${t('more', { count: records.length - TITLES })}`}
          </Text>
        )}
        {emergency && (
          <>
            <Text size="sm">{t('inEmergency', { reason: emergency.reason })}</Text>
            <Text size="sm" c="dimmed">
              {t(`review.${emergency.review?.outcome ?? 'none'}`)}
              {emergency.review?.reason && ` “${emergency.review.reason}”`}
            </Text>
          </>
        )}
      </div>
      <Button
        variant="subtle"
        size="compact-md"
        className={classes.button ?? ''}
        leftSection={<IconLink size={16} aria-hidden />}
        aria-expanded={isProving}
        aria-controls={proof}
        onClick={() => setProving(!isProving)}
      >
        {t(isProving ? 'proof.hide' : 'proof.show')}
      </Button>
      <div id={proof} className={classes.proof} hidden={!isProving}>
        {isProving && <Proof line={look.line} />}
      </div>
    </div>
  )
}

/** What was done, in words. */
export function useWhat({ what, records, consent }: LookSeen): string {
  const { t } = useWords('openings')
  if (what === 'emergency') return t('what.emergency')
  if (what === 'timeline' || what === 'given-back') return t(`what.${what}`)
  return consent === null ? t('what.own') : t('what.records', { count: records.length })
}
