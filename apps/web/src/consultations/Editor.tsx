import { type Consultation, consultationProblems, type VitalField } from '@curo/fhir/consultation'
import type { Summary } from '@curo/fhir/summary'
import { Alert, Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSignature } from '@tabler/icons-react'
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useWords } from '../app/words.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import { Diagnoses } from './Diagnoses.tsx'
import type { DraftInHand } from './draft-in-hand.ts'
import classes from './Editor.module.css'
import { Essentials } from './Essentials.tsx'
import { FieldProblems, useFaults } from './field-problems.ts'
import { GiveUpDialog } from './GiveUpDialog.tsx'
import { NoteField, type NoteName } from './NoteField.tsx'
import { Orders } from './Orders.tsx'
import { Part } from './Part.tsx'
import { Prescriptions } from './Prescriptions.tsx'
import { SaveMark } from './SaveMark.tsx'
import { useWarnings, WarningsContext } from './use-warnings.ts'
import { VitalsFields } from './VitalsFields.tsx'
import { WarningList } from './WarningList.tsx'

export type EditorProps = {
  draft: DraftInHand
  /** Of the chart, while it is open. */
  summary: Summary | undefined
  birthDate: string | undefined
  /** Opens the chart beside; undefined when it is open, or may not be. */
  onOpenChart: (() => void) | undefined
  /** Another draft takes this one's place. */
  onDraft: (draft: DraftInHand) => void
  onReview: () => void
  onGivenUp: () => void
}

const MODES = ['in-person', 'video', 'phone', 'home'] as const
const PHYSICAL = { usePhysicalKeys: true, preventDefault: true } as const

/** Writing a consultation: saved by itself, checked while it is written, signed after a review. */
export function Editor(props: EditorProps) {
  const { draft, summary, birthDate, onOpenChart, onDraft, onReview, onGivenUp } = props
  const { t } = useWords('consultations')
  const [form, setForm] = useState(draft.form)
  const [hasAsked, setAsked] = useState(false)
  const [isGivingUp, setGivingUp] = useState(false)
  const formId = useId()
  const element = useRef<HTMLFormElement>(null)
  const diagnosisPicker = useRef<HTMLInputElement>(null)
  const drugPicker = useRef<HTMLInputElement>(null)
  const state = useSyncExternalStore(draft.autosave.subscribe, () => draft.autosave.state)
  const warnings = useWarnings(form, { summary, birthDate })
  const checked = useDeferredValue(form)
  const problems = useMemo(() => (hasAsked ? consultationProblems(checked) : []), [hasAsked, checked])

  const change = useCallback(
    (update: (before: Consultation) => Consultation) => {
      // Two changes in one event build on each other.
      const next = update(draft.form)
      draft.change(next)
      setForm(next)
    },
    [draft],
  )
  useEffect(() => () => void draft.autosave.flush(), [draft])

  const onText = useCallback(
    (name: NoteName, value: string) => change((before) => ({ ...before, [name]: value })),
    [change],
  )
  const onVital = useCallback(
    (field: VitalField, value: number | undefined) =>
      change((before) => {
        const { [field]: _, ...rest } = before.vitals
        return { ...before, vitals: value === undefined ? rest : { ...rest, [field]: value } }
      }),
    [change],
  )
  const onEntries = useMemo(() => {
    const of =
      <K extends 'diagnoses' | 'prescriptions' | 'orders'>(name: K) =>
      (update: (entries: Consultation[K]) => Consultation[K]) =>
        change((before) => ({ ...before, [name]: update(before[name]) }))
    return { diagnoses: of('diagnoses'), prescriptions: of('prescriptions'), orders: of('orders') }
  }, [change])

  function review() {
    const found = consultationProblems(draft.form)
    if (found.length === 0) return onReview()
    setAsked(true)
    const at = found[0]?.path || 'complaint'
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>(`[data-path="${at}"]`)?.focus())
  }
  useHotkeys(
    [
      ['mod+S', () => void draft.autosave.flush(), PHYSICAL],
      ['mod+Enter', review],
      ['alt+D', () => diagnosisPicker.current?.focus(), PHYSICAL],
      ['alt+M', () => drugPicker.current?.focus(), PHYSICAL],
    ],
    [],
  )
  const whole = problems.find(({ path }) => path === '')
  const note = (name: NoteName) => <NoteField name={name} value={form[name]} onText={onText} />
  return (
    <FieldProblems value={problems}>
      <WarningsContext value={warnings}>
        <div className={classes.layout}>
          <form
            ref={element}
            id={formId}
            className={classes.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              review()
            }}
          >
            {draft.wasUnsent && state.at !== 'saved' && (
              <Alert color="yellow" role="status">
                {t('unsent')}
              </Alert>
            )}
            {state.at === 'conflict' && (
              <ConflictNotice draft={draft} version={state.version} onDraft={onDraft} />
            )}
            {note('complaint')}
            {note('history')}
            <VitalsFields vitals={form.vitals} onVital={onVital} />
            <WarningList path="vitals" />
            {note('findings')}
            <Diagnoses entries={form.diagnoses} onEntries={onEntries.diagnoses} pickerRef={diagnosisPicker} />
            <Prescriptions
              entries={form.prescriptions}
              onEntries={onEntries.prescriptions}
              pickerRef={drugPicker}
            />
            <Orders entries={form.orders} onEntries={onEntries.orders} />
            {note('plan')}
            <FollowUp followUp={form.followUp} change={change} />
            <About form={form} change={change} />
            {hasAsked && problems.length > 0 && (
              <Alert color="red" role="alert">
                {whole ? t('problems.empty') : t('putRight', { count: problems.length })}
              </Alert>
            )}
          </form>
          <div className={classes.side}>
            <div className={classes.bar}>
              <SaveMark state={state} />
              <Button
                type="submit"
                form={formId}
                disabled={state.at === 'conflict'}
                leftSection={<IconSignature size={18} aria-hidden />}
              >
                {t('review.action')}
              </Button>
              <Button variant="default" onClick={() => setGivingUp(true)}>
                {t('giveUp.action')}
              </Button>
            </div>
            <Essentials summary={summary} onOpenChart={onOpenChart} />
          </div>
        </div>
        <GiveUpDialog
          draft={draft}
          opened={isGivingUp}
          onClose={() => setGivingUp(false)}
          onDone={onGivenUp}
        />
      </WarningsContext>
    </FieldProblems>
  )
}

type Change = (update: (before: Consultation) => Consultation) => void

function FollowUp({ followUp, change }: { followUp: Consultation['followUp']; change: Change }) {
  const { t } = useWords('consultations')
  const fault = useFaults()
  return (
    <Part title={t('parts.followUp')}>
      <div className={classes.two}>
        <TextInput
          type="date"
          label={t('followUp.on')}
          value={followUp.on ?? ''}
          error={fault('followUp.on')}
          data-path="followUp.on"
          onChange={(event) => {
            const on = event.currentTarget.value
            change((before) => ({ ...before, followUp: { note: before.followUp.note, ...(on && { on }) } }))
          }}
        />
        <TextInput
          label={t('followUp.note')}
          value={followUp.note}
          dir="auto"
          onChange={(event) => {
            const note = event.currentTarget.value
            change((before) => ({ ...before, followUp: { ...before.followUp, note } }))
          }}
        />
      </div>
    </Part>
  )
}

function About({ form, change }: { form: Consultation; change: Change }) {
  const { t } = useWords('consultations')
  return (
    <Part title={t('parts.about')}>
      <div className={classes.two}>
        <Select
          label={t('modes.label')}
          allowDeselect={false}
          data={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
          value={form.mode}
          onChange={(value) => change((before) => ({ ...before, mode: value as Consultation['mode'] }))}
        />
        <Checkbox
          label={t('sensitive')}
          description={t('sensitiveHint')}
          checked={form.isSensitive}
          onChange={(event) => {
            const isSensitive = event.currentTarget.checked
            change((before) => ({ ...before, isSensitive }))
          }}
        />
      </div>
      {['complaint', 'history', 'findings', 'plan'].map((path) => (
        <WarningList key={path} path={path} />
      ))}
    </Part>
  )
}
