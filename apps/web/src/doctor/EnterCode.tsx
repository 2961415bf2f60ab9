import type { AskedConsent } from '@curo/client/consent'
import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Loader, PinInput, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import '@mantine/core/styles/PinInput.layer.css'
import { useFormat } from '../app/format.ts'
import { useProblem } from '../app/problem.ts'
import { useArrival } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './Visit.module.css'

const CODE_DIGITS = 6

type EnterCodeProps = { asked: AskedConsent; onAgain: () => void }

/** The six digits that she reads out; without a card, the wait for her app. */
export function EnterCode({ asked, onAgain }: EnterCodeProps) {
  const { t, language } = useWords('doctor')
  const format = useFormat()
  const problem = useProblem()
  const queries = useQueryClient()
  const [otp, setOtp] = useState(asked.otp)
  const [code, setCode] = useState('')
  const entering = useMutation({
    mutationFn: (typed: string) => work.visits.enterCode({ request: asked.request, code: typed }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['visits', 'consents'] }),
    onError: () => setCode(''),
  })
  const resending = useMutation({
    mutationFn: () => work.visits.resendCode({ request: asked.request.id }),
    onSuccess: (sent) => {
      setOtp(sent)
      setCode('')
      entering.reset()
    },
  })
  const waiting = useArrival<HTMLDivElement>()
  if (!otp)
    return (
      <div ref={waiting} tabIndex={-1} className={classes.ask}>
        <Alert color="curo" role="status" icon={<Loader size={18} />}>
          {t('code.app', { until: format.dateTime(asked.expiresAt) })}
        </Alert>
        <div>
          <Button variant="default" onClick={onAgain}>
            {t('code.change')}
          </Button>
        </div>
      </div>
    )
  const failure = entering.error ?? resending.error
  // In English the node's sentence says how many tries are left; the other words for this code are about signing in.
  const isWrong = isCuroError(entering.error, 'unauthorized') && language !== 'en'
  return (
    <div className={classes.ask}>
      <Text>{t('code.sent', { to: otp.sentTo, until: format.time(otp.expiresAt) })}</Text>
      <div className={classes.code}>
        <fieldset className={classes.pin}>
          <legend>{t('code.label')}</legend>
          <PinInput
            length={CODE_DIGITS}
            type="number"
            oneTimeCode
            autoFocus
            size="lg"
            value={code}
            onChange={setCode}
            onComplete={(typed) => entering.mutate(typed)}
            disabled={entering.isPending}
            error={entering.isError}
            getInputProps={(at) => ({ 'aria-label': t('code.digit', { number: at + 1 }) })}
          />
        </fieldset>
        <Button
          loading={entering.isPending}
          disabled={code.length < CODE_DIGITS}
          onClick={() => entering.mutate(code)}
        >
          {t('code.open')}
        </Button>
        <Button variant="default" loading={resending.isPending} onClick={() => resending.mutate()}>
          {t('code.resend')}
        </Button>
        <Button variant="subtle" onClick={onAgain}>
          {t('code.change')}
        </Button>
      </div>
      {failure && (
        <Alert color="red" role="alert">
          {isWrong ? t('code.wrong') : problem(failure)}
        </Alert>
      )}
    </div>
  )
}
