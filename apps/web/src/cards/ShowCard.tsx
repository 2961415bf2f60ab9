import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconEye, IconEyeOff } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { CardFace } from './CardFace.tsx'
import type { CardDetails } from './card-details.ts'
import classes from './ShowCard.module.css'

/** Long enough to be scanned twice, short enough to be forgotten safely. */
const SHOWN_SECONDS = 60

export type ShowCardProps = {
  details: CardDetails
  /** The card's address with its secret; fetched when the code is to be shown, and forgotten when it is hidden. */
  fetchAddress?: (() => Promise<string>) | undefined
}

/** Both sides of the card; the code is covered until asked for, and covers itself again. */
export function ShowCard({ details, fetchAddress }: ShowCardProps) {
  const { t } = useWords('cards')
  const problem = useProblem()
  const [address, setAddress] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const hide = useCallback(() => setAddress(undefined), [])

  useEffect(() => {
    if (address === undefined) return
    const timer = setTimeout(hide, SHOWN_SECONDS * 1000)
    const onVisibility = () => {
      if (document.hidden) hide()
    }
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [address, hide])

  async function show() {
    if (fetchAddress === undefined) return
    setBusy(true)
    setFailure(null)
    try {
      setAddress(await fetchAddress())
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  const isShown = address !== undefined
  return (
    <div className={classes.card}>
      <div className={classes.sides}>
        <CardFace details={details} side="front" />
        <CardFace details={details} side="back" address={address} />
      </div>
      {fetchAddress && (
        <div className={classes.action}>
          <Button
            variant={isShown ? 'filled' : 'default'}
            leftSection={isShown ? <IconEyeOff size={18} aria-hidden /> : <IconEye size={18} aria-hidden />}
            loading={busy}
            onClick={() => (isShown ? hide() : void show())}
          >
            {t(isShown ? 'face.hide' : 'face.show')}
          </Button>
          <span className={classes.hint}>
            {isShown ? t('face.hides', { seconds: SHOWN_SECONDS }) : t('face.warning')}
          </span>
        </div>
      )}
      {failure !== null && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />} title={t('face.failed')}>
          {problem(failure)}
        </Alert>
      )}
    </div>
  )
}
