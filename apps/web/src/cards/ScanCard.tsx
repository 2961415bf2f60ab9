import '@mantine/core/styles/Combobox.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import { Alert, Button, FileButton, Loader, NativeSelect } from '@mantine/core'
import { IconAlertTriangle, IconBulb, IconCamera, IconInfoCircle, IconPhoto } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useWords } from '../app/words.ts'
import { CardNumberInput } from './CardNumberInput.tsx'
import { checkCardNumber } from './card-number-entry.ts'
import classes from './ScanCard.module.css'
import { readPictureFile } from './scan/picture-file.ts'
import type { ScanHint, ScannerState } from './scan/scanner.ts'
import { useScanner } from './scan/use-scanner.ts'

export type ScanCardProps = {
  /**
   * A card was read; the camera is off already. `text` holds the card's secret: hand it to the key Worker (readCard) and keep
   * it nowhere else, in no address, no query key, no state that outlives the visit.
   */
  onCard: (card: { text: string; cardNumber: string }) => void
  /** A right number was typed. Without it there is no field to type one. */
  onNumber?: ((cardNumber: string) => void) | undefined
}

/** Scans a card with the camera, from a picture, or takes its number. The camera is on as long as this is shown. */
export function ScanCard({ onCard, onNumber }: ScanCardProps) {
  const { t } = useWords('cards')
  const scanner = useScanner(({ text, cardNumber }) => onCard({ text, cardNumber }))
  const { state } = scanner
  return (
    <div className={classes.scan}>
      <div className={classes.stage} data-phase={state.phase}>
        <video
          ref={scanner.videoRef}
          className={classes.video}
          muted
          playsInline
          aria-label={t('scan.camera')}
        />
        {state.phase === 'looking' && <span className={classes.aim} aria-hidden />}
        <Curtain state={state} onRetry={scanner.retry} />
      </div>
      <ScanStatus state={state} />
      <div className={classes.tools}>
        {state.cameras.length > 1 && (
          <NativeSelect
            aria-label={t('scan.camera')}
            value={state.cameraId}
            onChange={(event) => scanner.chooseCamera(event.currentTarget.value)}
            data={state.cameras.map(({ id, label }, i) => ({
              value: id,
              label: label || t('scan.cameraNumber', { number: i + 1 }),
            }))}
          />
        )}
        {state.hasTorch && (
          <Button
            variant="default"
            aria-pressed={state.isTorchOn}
            leftSection={<IconBulb size={18} aria-hidden />}
            onClick={() => scanner.setTorch(!state.isTorchOn)}
          >
            {t(state.isTorchOn ? 'scan.torchOff' : 'scan.torchOn')}
          </Button>
        )}
        <PictureButton reader={scanner.reader} onCard={onCard} />
      </div>
      {onNumber && <NumberForm onNumber={onNumber} />}
    </div>
  )
}

/** What lies over the picture while there is none. */
function Curtain({ state, onRetry }: { state: ScannerState; onRetry: () => void }) {
  const { t } = useWords('cards')
  if (state.phase === 'looking' || state.phase === 'found') return null
  if (state.phase !== 'failed')
    return (
      <div className={classes.curtain}>
        <Loader color="white" size="sm" />
        <span>{t(state.phase === 'paused' ? 'scan.paused' : 'scan.starting')}</span>
      </div>
    )
  return (
    <div className={classes.curtain}>
      <IconCamera size={28} aria-hidden />
      <span role="alert">{t(`scan.problems.${state.problem ?? 'failed'}`)}</span>
      <Button variant="white" size="sm" onClick={onRetry}>
        {t('scan.retry')}
      </Button>
    </div>
  )
}

function useHint(): (hint: ScanHint) => string {
  const { t } = useWords('cards')
  return (hint) => (hint.kind === 'other' ? t(`scan.other.${hint.what}`) : t(`scan.${hint.kind}`))
}

function ScanStatus({ state }: { state: ScannerState }) {
  const { t } = useWords('cards')
  const explain = useHint()
  const { hint, phase } = state
  return (
    <div className={classes.status} role="status">
      {hint && phase === 'looking' ? (
        <Alert color="yellow" icon={<IconInfoCircle size={20} />}>
          {explain(hint)}
        </Alert>
      ) : phase === 'found' ? (
        t('scan.found')
      ) : (
        t('scan.aim')
      )}
    </div>
  )
}

type PictureButtonProps = Pick<ScanCardProps, 'onCard'> & Pick<ReturnType<typeof useScanner>, 'reader'>

function PictureButton({ reader, onCard }: PictureButtonProps) {
  const { t } = useWords('cards')
  const explain = useHint()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()

  async function read(file: File | null) {
    const opened = reader()
    if (file === null || opened === undefined) return
    setBusy(true)
    setFault(undefined)
    try {
      const outcome = await readPictureFile(file, opened)
      const code = outcome?.code
      if (code?.kind === 'card') onCard({ text: code.text, cardNumber: code.cardNumber })
      else if (code) setFault(explain(code))
      else if (outcome === undefined) setFault(t('scan.notAPicture'))
      else setFault(t(outcome.sawUnreadable ? 'scan.unreadable' : 'scan.nothingInPicture'))
    } catch {
      setFault(t('scan.problems.reader'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <FileButton accept="image/*" onChange={(file) => void read(file)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={busy}
            leftSection={<IconPhoto size={18} aria-hidden />}
          >
            {t('scan.picture')}
          </Button>
        )}
      </FileButton>
      {fault && (
        <Alert
          className={classes.fault ?? ''}
          color="red"
          role="alert"
          icon={<IconAlertTriangle size={20} />}
        >
          {fault}
        </Alert>
      )}
    </>
  )
}

function NumberForm({ onNumber }: { onNumber: (cardNumber: string) => void }) {
  const { t } = useWords('cards')
  const [digits, setDigits] = useState('')
  const isRight = checkCardNumber(digits).state === 'right'
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isRight) onNumber(digits)
  }
  return (
    <form className={classes.number} onSubmit={submit} noValidate>
      <CardNumberInput label={t('scan.byNumber')} value={digits} onChange={setDigits} />
      <Button type="submit" variant="default" disabled={!isRight}>
        {t('scan.useNumber')}
      </Button>
      <p className={classes.note}>{t('scan.numberOnly')}</p>
    </form>
  )
}
