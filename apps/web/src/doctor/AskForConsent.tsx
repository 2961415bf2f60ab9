import type { AskedConsent } from '@curo/client/consent'
import type { ConsentView } from '@curo/contract/consent'
import { CATEGORIES, type Category } from '@curo/crypto/category'
import { Alert, Button, Checkbox, Select, Text, TextInput } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { EnterCode } from './EnterCode.tsx'
import classes from './Visit.module.css'

const PURPOSES = ['CAREMGT', 'HPAYMT', 'PATRQT'] as const
/** How long, in hours; a visit is one look and what follows within the hour. */
const SPANS = { visit: 12, day: 24, week: 168, month: 720 } as const
/** Named only on purpose: what the patient has marked as sensitive. */
const USUAL: readonly Category[] = CATEGORIES.filter((category) => category !== 'sensitive')

type AskForConsentProps = { patient: string; hasCard: boolean; ended: ConsentView | null }

/** What, why and how long; then the code from her telephone, or her answer in the app. */
export function AskForConsent({ patient, hasCard, ended }: AskForConsentProps) {
  const { t } = useWords('doctor')
  const problem = useProblem()
  const [categories, setCategories] = useState<string[]>([...USUAL])
  const [from, setFrom] = useState('')
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('CAREMGT')
  const [reason, setReason] = useState('')
  const [span, setSpan] = useState<keyof typeof SPANS>('visit')
  const [asked, setAsked] = useState<AskedConsent | null>(null)
  const asking = useMutation({
    mutationFn: () =>
      work.visits.ask({
        patient,
        scope: { categories: categories as Category[], records: [], ...(from && { from }) },
        purpose: { code: purpose, ...(reason.trim() && { text: reason.trim() }) },
        use: span === 'visit' ? 'single' : 'standing',
        notAfter: new Date(Date.now() + SPANS[span] * 3_600_000).toISOString(),
      }),
    onSuccess: setAsked,
  })
  if (asked) return <EnterCode asked={asked} onAgain={() => setAsked(null)} />
  return (
    <form
      className={classes.ask}
      onSubmit={(event) => {
        event.preventDefault()
        if (categories.length > 0) asking.mutate()
      }}
    >
      {ended && ended.state !== 'active' && (
        <Alert color="yellow" role="status" icon={<IconInfoCircle size={20} aria-hidden />}>
          {t(`ask.ended.${ended.state}`)}
        </Alert>
      )}
      <Text>{t(hasCard ? 'ask.withCard' : 'ask.withoutCard')}</Text>
      <Checkbox.Group
        label={t('ask.what')}
        value={categories}
        onChange={setCategories}
        error={categories.length === 0 && t('ask.nothing')}
      >
        <div className={classes.categories}>
          {CATEGORIES.map((category) => (
            <Checkbox key={category} value={category} label={t(`categories.${category}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.fields}>
        <Select
          label={t('ask.why')}
          allowDeselect={false}
          data={PURPOSES.map((value) => ({ value, label: t(`purposes.${value}`) }))}
          value={purpose}
          onChange={(value) => setPurpose(value as typeof purpose)}
        />
        <Select
          label={t('ask.howLong')}
          allowDeselect={false}
          data={Object.keys(SPANS).map((value) => ({
            value,
            label: t(`spans.${value as keyof typeof SPANS}`),
          }))}
          value={span}
          onChange={(value) => setSpan(value as typeof span)}
        />
        <TextInput
          type="date"
          label={t('ask.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label={t('ask.reason')}
          description={t('ask.reasonHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={400}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      {asking.isError && (
        <Alert color="red" role="alert">
          {problem(asking.error)}
        </Alert>
      )}
      <div>
        <Button type="submit" loading={asking.isPending}>
          {t(hasCard ? 'ask.submit' : 'ask.submitApp')}
        </Button>
      </div>
    </form>
  )
}
