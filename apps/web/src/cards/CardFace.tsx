import { formatCardNumber } from '@curo/crypto/card-number'
import { IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../app/words.ts'
import classes from './CardFace.module.css'
import { type CardDetails, type CardLanguage, formatCardDay, hostOf } from './card-details.ts'
import type { PrintWords } from './print-words.ts'
import { QrCanvas } from './QrCanvas.tsx'
import { usePrintWords } from './use-print-words.ts'

export type CardFaceProps = {
  details: CardDetails
  side: 'front' | 'back'
  /** The card's address with its secret, to show the code; without it the code is covered. */
  address?: string | undefined
  /** Of the words on it; the page's, unless given. Both sides say what the printed card says. */
  language?: CardLanguage
}

/** The card as it is printed, in whatever width there is; white like paper in light and dark. */
export function CardFace({ details, side, address, language }: CardFaceProps) {
  const { t, language: own } = useWords('cards')
  const words = usePrintWords(language ?? own)
  return (
    <section className={classes.frame} aria-label={t(`face.${side}`)} lang={language ?? own}>
      <div className={classes.card} data-side={side}>
        {side === 'front' ? (
          <Front details={details} words={words} language={language ?? own} />
        ) : (
          <Back details={details} words={words} address={address} />
        )}
      </div>
    </section>
  )
}

type FrontProps = { details: CardDetails; words: PrintWords; language: CardLanguage }

function Front({ details, words, language }: FrontProps) {
  return (
    <>
      <header className={classes.head}>
        <span className={classes.mark}>{words.mark}</span>
        <bdi className={classes.hospital}>{details.hospital.name}</bdi>
      </header>
      <bdi className={classes.name}>{details.name}</bdi>
      <dl className={classes.facts}>
        <Fact label={words.birthDate}>
          <time className={classes.birthDate} dateTime={details.birthDate}>
            {formatCardDay(details.birthDate, language)}
          </time>
        </Fact>
        <Fact label={words.address}>
          <bdi className={classes.address}>{details.address.join('\n')}</bdi>
        </Fact>
      </dl>
      <dl className={classes.numberFact}>
        <Fact label={words.cardNumber}>
          <span className={classes.number}>{formatCardNumber(details.cardNumber)}</span>
        </Fact>
      </dl>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

type BackProps = { details: CardDetails; words: PrintWords; address: string | undefined }

function Back({ details, words, address }: BackProps) {
  const { t } = useWords('cards')
  const { name, phone } = details.hospital
  return (
    <>
      {address === undefined ? (
        <div className={classes.covered}>
          <IconEyeOff className={classes.coveredIcon} aria-hidden />
          <span>{t('face.hidden')}</span>
        </div>
      ) : (
        <QrCanvas className={classes.qr} address={address} />
      )}
      <div className={classes.advice}>
        <span className={classes.smallNumber}>{formatCardNumber(details.cardNumber)}</span>
        <strong>{words.foundTitle}</strong>
        <span>{phone ? words.foundCall : words.found}</span>
        <span className={classes.giver}>
          <b>
            <bdi>{name}</bdi>
          </b>
          {phone && <span>{phone}</span>}
          <span className={classes.quiet}>{hostOf(details.homeNode)}</span>
        </span>
        <span className={classes.quiet}>{words.keep}</span>
      </div>
    </>
  )
}
