import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/SegmentedControl.layer.css'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import '@mantine/core/styles/Radio.layer.css'
import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Modal, Radio, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle, IconDownload, IconPhoto, IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { LANGUAGE_NAMES, LANGUAGES } from '../app/language.ts'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { CardFace } from './CardFace.tsx'
import type { CardDetails, CardLanguage } from './card-details.ts'
import type { CardFormat } from './card-pdf.ts'
import classes from './PrintCard.module.css'
import { canPrintPdf, forgetPrintedPdf } from './print-pdf.ts'
import type { Product } from './produce-card.ts'

export type PrintCardProps = {
  opened: boolean
  onClose: () => void
  details: CardDetails
  /** The card's address with its secret; asked for when something is printed or saved, and not kept. */
  fetchAddress: () => Promise<string>
  /** Of the card; the page's unless given, such as the patient's own. */
  language?: CardLanguage
}

const FORMATS = ['a4', 'letter', 'card'] as const satisfies readonly CardFormat[]

function usualPaper(locale: string): CardFormat {
  return /-(US|CA|MX)$/.test(locale) ? 'letter' : 'a4'
}

/** Prints the card, or saves it as PDF or picture. */
export function PrintCard({ opened, onClose, ...rest }: PrintCardProps) {
  const { t } = useWords('cards')
  const { t: tApp } = useWords('app')
  const isPhone = useMediaQuery('(max-width: 48em)')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('printing.title')}
      size="xl"
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': tApp('actions.close') }}
    >
      <PrintChoices {...rest} />
    </Modal>
  )
}

function PrintChoices({
  details,
  fetchAddress,
  language: given,
}: Omit<PrintCardProps, 'opened' | 'onClose'>) {
  const { t, language: own, locale } = useWords('cards')
  const problem = useProblem()
  const [language, setLanguage] = useState<CardLanguage>(given ?? own)
  const [format, setFormat] = useState<CardFormat>(() => usualPaper(locale))
  const [busy, setBusy] = useState<Product>()
  const [failure, setFailure] = useState<{ what: Product; error: unknown }>()
  useEffect(() => forgetPrintedPdf, [])

  async function run(what: Product) {
    setBusy(what)
    setFailure(undefined)
    try {
      const { produceCard } = await import('./produce-card.ts')
      await produceCard(what, { details, address: await fetchAddress(), language, format })
    } catch (error) {
      setFailure({ what, error })
    } finally {
      setBusy(undefined)
    }
  }
  function explain({ what, error }: { what: Product; error: unknown }): string {
    if (isCuroError(error, 'invalid-input')) return t('printing.tooLong')
    if (what === 'png' && isCuroError(error, 'unavailable')) return t('printing.noPicture')
    return problem(error)
  }

  return (
    <div className={classes.choices}>
      <div className={classes.sides}>
        <CardFace details={details} side="front" language={language} />
        <CardFace details={details} side="back" language={language} />
      </div>
      <div className={classes.options}>
        <fieldset className={classes.group}>
          <legend>{t('printing.language')}</legend>
          <SegmentedControl
            value={language}
            onChange={(value) => setLanguage(value as CardLanguage)}
            data={LANGUAGES.map((value) => ({
              value,
              label: <span lang={value}>{LANGUAGE_NAMES[value]}</span>,
            }))}
          />
        </fieldset>
        <Radio.Group
          label={t('printing.paper')}
          value={format}
          onChange={(value) => setFormat(value as CardFormat)}
        >
          <div className={classes.papers}>
            {FORMATS.map((value) => (
              <Radio key={value} value={value} label={t(`printing.${value}`)} />
            ))}
          </div>
        </Radio.Group>
      </div>
      <p className={classes.hint}>
        {t('printing.scale')} {t('printing.secret')}
      </p>
      {failure && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />} title={t('printing.failed')}>
          {explain(failure)}
        </Alert>
      )}
      <output className="visually-hidden">{busy && t('printing.preparing')}</output>
      <div className={classes.actions}>
        {canPrintPdf() && (
          <Button
            leftSection={<IconPrinter size={18} aria-hidden />}
            loading={busy === 'print'}
            disabled={busy !== undefined}
            onClick={() => void run('print')}
            data-autofocus
          >
            {t('printing.print')}
          </Button>
        )}
        <Button
          variant={canPrintPdf() ? 'default' : 'filled'}
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={busy === 'pdf'}
          disabled={busy !== undefined}
          onClick={() => void run('pdf')}
        >
          {t('printing.savePdf')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPhoto size={18} aria-hidden />}
          loading={busy === 'png'}
          disabled={busy !== undefined}
          onClick={() => void run('png')}
        >
          {t('printing.savePng')}
        </Button>
      </div>
    </div>
  )
}
